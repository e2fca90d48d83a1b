using System.Collections.Immutable;
using System.Globalization;

namespace CertAuth.Tls;

/// <summary>What a server shows of a connection's TLS: the rows of <c>SHOW STATUS LIKE 'Ssl%'</c>.</summary>
public static class TlsStatus
{
    // OpenSSL's SSL_VERIFY_PEER (1) | SSL_VERIFY_CLIENT_ONCE (4).
    private const string VerifyPeerOnce = "5";
    private const string VerifyNone = "0";

    /// <summary>The rows in alphabetical order; the same ones for every connection, a null one being without TLS.</summary>
    /// <remarks>A fact that isn't known gives an empty value: either date, and <c>Ssl_cipher_list</c>, which doesn't show the negotiated
    /// suite in place of the allowed ones. Dates are in UTC, as OpenSSL prints them.</remarks>
    public static ImmutableArray<TlsStatusRow> GetRows(TlsConnectionInfo? connection) =>
    [
        new("Ssl_cipher", connection is null ? "" : CipherSuites.GetOpenSslName(connection.CipherSuite)),
        new("Ssl_cipher_list", connection is null ? "" : CipherSuites.FormatList(connection.AllowedCipherSuites)),
        new("Ssl_server_not_after", FormatDate(connection?.ServerCertificateNotAfter)),
        new("Ssl_server_not_before", FormatDate(connection?.ServerCertificateNotBefore)),
        new("Ssl_verify_mode", connection is { ClientCertificateRequested: true } ? VerifyPeerOnce : VerifyNone),
        new("Ssl_version", connection is null ? "" : TlsVersions.GetName(connection.Protocol)),
    ];

    // Apr 23 07:59:47 2024 UTC; a day under 10 is padded with a space.
    private static string FormatDate(DateTimeOffset? date) => date?.UtcDateTime is { } utc
        ? string.Create(CultureInfo.InvariantCulture, $"{utc:MMM} {utc.Day,2} {utc:HH:mm:ss yyyy} UTC")
        : "";
}

/// <summary>One status variable.</summary>
/// <param name="Name">Its name, such as <c>Ssl_cipher</c>.</param>
/// <param name="Value">Its value as text; empty, never null, where there is none.</param>
public readonly record struct TlsStatusRow(string Name, string Value);

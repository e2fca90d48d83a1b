using System.Collections.Immutable;
using System.Globalization;

namespace CertAuth.Tls;

/// <summary>Converts the facts of a connection to the status variables that <c>SHOW STATUS LIKE 'Ssl%'</c> returns.</summary>
public static class TlsStatus
{
    // OpenSSL's SSL_VERIFY_PEER (1) | SSL_VERIFY_CLIENT_ONCE (4).
    private const string VerifyPeerOnce = "5";
    private const string VerifyNone = "0";

    /// <summary>Returns the rows in alphabetical order. Every connection has the same rows.</summary>
    /// <remarks>The value of an unknown fact is empty. Both dates and the list of allowed suites (<c>Ssl_cipher_list</c>) can be unknown.
    /// Dates are in UTC, such as <c>Apr 23 07:59:47 2024 UTC</c>; a day below 10 is padded with a space.</remarks>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    public static ImmutableArray<TlsStatusRow> GetRows(TlsConnectionInfo? connection) =>
    [
        new("Ssl_cipher", connection is null ? "" : CipherSuites.GetOpenSslName(connection.CipherSuite)),
        new("Ssl_cipher_list", connection is null ? "" : CipherSuites.FormatList(connection.AllowedCipherSuites)),
        new("Ssl_server_not_after", FormatDate(connection?.ServerCertificateNotAfter)),
        new("Ssl_server_not_before", FormatDate(connection?.ServerCertificateNotBefore)),
        new("Ssl_verify_mode", connection is { ClientCertificateRequested: true } ? VerifyPeerOnce : VerifyNone),
        new("Ssl_version", connection is null ? "" : TlsVersions.GetName(connection.Protocol)),
    ];

    // As TiDB formats dates. OpenSSL and MySQL write GMT instead of UTC.
    private static string FormatDate(DateTimeOffset? date) => date?.UtcDateTime is { } utc
        ? string.Create(CultureInfo.InvariantCulture, $"{utc:MMM} {utc.Day,2} {utc:HH:mm:ss yyyy} UTC")
        : "";
}

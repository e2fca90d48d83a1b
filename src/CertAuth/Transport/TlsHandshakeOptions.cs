using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>The TLS versions and cipher suites that one side of a handshake offers.</summary>
/// <remarks>A version without a suite is not offered, because with .NET every handshake fails if TLS 1.3 is offered without a suite of
/// TLS 1.3. Immutable; safe for concurrent use.</remarks>
internal sealed class TlsHandshakeOptions
{
    // RFC 8446, B.4: the first byte of the suites of TLS 1.3 is 0x13; no other version uses these suites.
    private const int Tls13Prefix = 0x13;

    // The key exchanges that a certificate with an RSA or ECDSA key can authenticate. A .NET server has no parameters for DHE.
    private static readonly string[] s_serverKeyExchanges = ["TLS_ECDHE_ECDSA_WITH_", "TLS_ECDHE_RSA_WITH_", "TLS_RSA_WITH_"];
    private static readonly string[] s_clientKeyExchanges = [.. s_serverKeyExchanges, "TLS_DHE_RSA_WITH_"];

    // The ciphers that OpenSSL 3 offers: its other ciphers do not encrypt, or are in its legacy provider.
    private static readonly string[] s_ciphers = ["AES_", "CHACHA20_", "CAMELLIA_", "ARIA_"];

    internal TlsHandshakeOptions(MinimumTlsVersion minimumVersion, ImmutableArray<TlsCipherSuite> suites, bool isServer)
    {
        Versions = minimumVersion == MinimumTlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        if (suites.IsDefaultOrEmpty || OperatingSystem.IsWindows())
            return;

        Suites = new(suites);
        Versions &= Suites.AllowedCipherSuites.Aggregate(SslProtocols.None, (versions, suite) => versions | GetVersion(suite, isServer));
    }

    /// <summary>Gets the versions; <see cref="SslProtocols.None"/> if no version has a suite.</summary>
    internal SslProtocols Versions { get; }

    /// <summary>Gets the suites; null if the platform chooses them.</summary>
    internal CipherSuitesPolicy? Suites { get; }

    /// <summary>Returns a sentence that states why the options <c>MinimumVersion</c> and <c>CipherSuites</c> cannot be used; null if they
    /// can.</summary>
    internal static string? FindProblem(MinimumTlsVersion minimumVersion, ImmutableArray<TlsCipherSuite> suites, bool isServer)
    {
        if (!suites.IsDefaultOrEmpty && OperatingSystem.IsWindows())
            return "CipherSuites must be empty on Windows, where the platform chooses the suites.";
        return new TlsHandshakeOptions(minimumVersion, suites, isServer).Versions == SslProtocols.None
            ? "CipherSuites has no suite that this platform supports with a TLS version that MinimumVersion allows."
            : null;
    }

    private static SslProtocols GetVersion(TlsCipherSuite suite, bool isServer)
    {
        if ((int)suite >> 8 == Tls13Prefix)
            return SslProtocols.Tls13;
        string name = $"{suite}";
        string? keyExchange = (isServer ? s_serverKeyExchanges : s_clientKeyExchanges)
            .FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        bool isUsable = keyExchange is not null
            && s_ciphers.Any(cipher => name.AsSpan(keyExchange.Length).StartsWith(cipher, StringComparison.Ordinal));
        return isUsable ? SslProtocols.Tls12 : SslProtocols.None;
    }
}

using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>The TLS versions and cipher suites that one side of a handshake offers.</summary>
/// <remarks>A version for which no suite is left is not offered: .NET rejects every handshake of a side that offers TLS 1.3 without a
/// suite of TLS 1.3. Immutable; safe for concurrent use.</remarks>
internal sealed class TlsHandshakeOptions
{
    // RFC 8446, B.4: the suites of TLS 1.3 are 0x13,0x01 and up, and no other version has them.
    private const int Tls13Prefix = 0x13;

    // What a certificate with an RSA or ECDSA key can authenticate. A server of .NET has no parameters for DHE.
    private static readonly string[] s_serverKeyExchanges = ["TLS_ECDHE_ECDSA_WITH_", "TLS_ECDHE_RSA_WITH_", "TLS_RSA_WITH_"];
    private static readonly string[] s_clientKeyExchanges = [.. s_serverKeyExchanges, "TLS_DHE_RSA_WITH_"];

    // The others of OpenSSL 3 encrypt nothing or are in its legacy provider.
    private static readonly string[] s_ciphers = ["AES_", "CHACHA20_", "CAMELLIA_", "ARIA_"];

    internal TlsHandshakeOptions(MinimumTlsVersion oldest, ImmutableArray<TlsCipherSuite> suites, bool isServer)
    {
        Versions = oldest == MinimumTlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        if (suites.IsDefaultOrEmpty || OperatingSystem.IsWindows())
            return;

        Suites = new(suites);
        Versions &= Suites.AllowedCipherSuites.Aggregate(SslProtocols.None, (versions, suite) => versions | VersionOf(suite, isServer));
    }

    /// <summary>The versions; none if no suite is left for any of them.</summary>
    internal SslProtocols Versions { get; }

    /// <summary>The suites; null for the platform's own.</summary>
    internal CipherSuitesPolicy? Suites { get; }

    /// <summary>What is wrong with these choices; null for nothing.</summary>
    internal string? FindProblem() => Versions == SslProtocols.None
        ? "CipherSuites has no suite that this platform supports with a TLS version that MinimumVersion allows."
        : null;

    private static SslProtocols VersionOf(TlsCipherSuite suite, bool isServer)
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

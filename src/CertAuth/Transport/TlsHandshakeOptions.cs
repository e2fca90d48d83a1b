using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>The TLS versions and cipher suites that one side of a handshake offers.</summary>
/// <remarks>A version without a suite is not offered: .NET rejects every handshake of a side that offers TLS 1.3 without a suite of
/// TLS 1.3. Immutable; safe for concurrent use.</remarks>
internal sealed class TlsHandshakeOptions
{
    // RFC 8446, B.4: the suites of TLS 1.3 are 0x13,0x01 and up, and no other version has them.
    private const int Tls13Prefix = 0x13;

    // What a certificate with an RSA or ECDSA key can authenticate. A .NET server has no parameters for DHE.
    private static readonly string[] s_serverKeyExchanges = ["TLS_ECDHE_ECDSA_WITH_", "TLS_ECDHE_RSA_WITH_", "TLS_RSA_WITH_"];
    private static readonly string[] s_clientKeyExchanges = [.. s_serverKeyExchanges, "TLS_DHE_RSA_WITH_"];

    // The other ciphers of OpenSSL 3 do not encrypt, or are in its legacy provider.
    private static readonly string[] s_ciphers = ["AES_", "CHACHA20_", "CAMELLIA_", "ARIA_"];

    internal TlsHandshakeOptions(MinimumTlsVersion minimumVersion, ImmutableArray<TlsCipherSuite> suites, bool isServer)
    {
        Versions = minimumVersion == MinimumTlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        if (suites.IsDefaultOrEmpty || OperatingSystem.IsWindows())
            return;

        Suites = new(suites);
        Versions &= Suites.AllowedCipherSuites.Aggregate(SslProtocols.None, (versions, suite) => versions | GetVersion(suite, isServer));
    }

    /// <summary>The versions; <see cref="SslProtocols.None"/> if no version has a suite.</summary>
    internal SslProtocols Versions { get; }

    /// <summary>The suites; null for those that the platform chooses.</summary>
    internal CipherSuitesPolicy? Suites { get; }

    /// <summary>Returns what is wrong with the options of these names, or null.</summary>
    internal static string? FindProblem(MinimumTlsVersion minimumVersion, ImmutableArray<TlsCipherSuite> suites, bool isServer)
    {
        if (!suites.IsDefaultOrEmpty && OperatingSystem.IsWindows())
            return "CipherSuites cannot be chosen on Windows.";
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

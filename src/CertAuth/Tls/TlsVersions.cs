using System.Security.Authentication;

// Obsolete and deprecated versions: a host may still allow 1.0 and 1.1, and its connections have to be named.
// Nothing here enables a version.
#pragma warning disable SYSLIB0039, CA5397

namespace CertAuth.Tls;

/// <summary>TLS versions as MySQL and OpenSSL write them.</summary>
internal static class TlsVersions
{
    private const SslProtocols Tls10 = SslProtocols.Tls;
    private const SslProtocols Tls11 = SslProtocols.Tls11;
    private static readonly SslProtocols[] s_versions = [Tls10, Tls11, SslProtocols.Tls12, SslProtocols.Tls13];

    /// <summary>Whether this is one version, and one of TLS: neither none, nor several, nor SSL.</summary>
    internal static bool IsKnown(SslProtocols protocol) => protocol is Tls10 or Tls11 or SslProtocols.Tls12 or SslProtocols.Tls13;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> isn't one known TLS version.</exception>
    internal static string GetName(SslProtocols protocol) => protocol switch
    {
        Tls10 => "TLSv1",
        Tls11 => "TLSv1.1",
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "Give one TLS version from 1.0 to 1.3."),
    };

    /// <summary>The number of a version in a sentence, such as <c>1.2</c>; 1.0 for anything older.</summary>
    internal static string GetNumber(SslProtocols protocol) => protocol switch
    {
        Tls11 => "1.1",
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => "1.0",
    };

    // A newer version is a higher bit.
    internal static SslProtocols GetHighest(SslProtocols versions) => s_versions.LastOrDefault(version => versions.HasFlag(version));

    internal static SslProtocols GetLowest(SslProtocols versions) => s_versions.FirstOrDefault(version => versions.HasFlag(version));
}

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
}

using System.Security.Authentication;

// TLS 1.0 and 1.1 are obsolete, but an application may still allow them, and then the versions of its connections need names. This class
// does not enable any version.
#pragma warning disable SYSLIB0039, CA5397

namespace CertAuth.Tls;

/// <summary>The names of TLS versions in MySQL and OpenSSL.</summary>
internal static class TlsVersions
{
    private const SslProtocols Tls10 = SslProtocols.Tls;
    private const SslProtocols Tls11 = SslProtocols.Tls11;
    private static readonly SslProtocols[] s_versions = [Tls10, Tls11, SslProtocols.Tls12, SslProtocols.Tls13];

    /// <summary>Determines whether the value is exactly one TLS version. It is not if it is none, several, or a version of SSL.</summary>
    internal static bool IsKnown(SslProtocols protocol) => protocol is Tls10 or Tls11 or SslProtocols.Tls12 or SslProtocols.Tls13;

    /// <summary>Returns the name, such as <c>TLSv1.2</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is not exactly one known TLS version.</exception>
    internal static string GetName(SslProtocols protocol) => protocol switch
    {
        Tls10 => "TLSv1",
        Tls11 => "TLSv1.1",
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "The value must be one TLS version from 1.0 to 1.3."),
    };

    /// <summary>Returns the number of a version for a sentence, such as <c>1.2</c>; <c>1.0</c> for any value other than TLS 1.1 to
    /// 1.3.</summary>
    internal static string GetNumber(SslProtocols protocol) => protocol switch
    {
        Tls11 => "1.1",
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => "1.0",
    };

    // Newer versions have greater values, so results can be compared with "<". The result is None if there is no TLS version.
    internal static SslProtocols GetHighest(SslProtocols versions) => s_versions.LastOrDefault(version => versions.HasFlag(version));

    internal static SslProtocols GetLowest(SslProtocols versions) => s_versions.FirstOrDefault(version => versions.HasFlag(version));
}

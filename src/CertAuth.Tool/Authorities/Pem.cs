using System.Security.Cryptography;

namespace CertAuth.Tool.Authorities;

/// <summary>Encodes certificates as PEM (RFC 7468, 5).</summary>
internal static class Pem
{
    /// <summary>Returns a PEM block that ends with a line feed, so that blocks can be concatenated.</summary>
    internal static string EncodeCertificate(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}

using System.Security.Cryptography;

namespace CertAuth.Tool.Authorities;

/// <summary>Certificates as PEM (RFC 7468, 5).</summary>
internal static class Pem
{
    /// <summary>One block, with a line feed at its end, so that several can be put one after the other.</summary>
    internal static string EncodeCertificate(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}

using System.Security.Cryptography;

namespace CertAuth.Tool.Tests.Support;

/// <summary>The digests of certificates and keys, computed with .NET only.</summary>
internal static class Pins
{
    internal static string Of(TestCertificate certificate) => Format(certificate.Der);

    internal static string Of(TestKey key) => Format(key.SubjectPublicKeyInfo);

    private static string Format(ReadOnlyMemory<byte> data) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(data.Span))}";
}

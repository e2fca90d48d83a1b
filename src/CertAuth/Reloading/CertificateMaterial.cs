using CertAuth.Certificates;

namespace CertAuth.Reloading;

/// <summary>What an operator should know of material that is one certificate.</summary>
internal static class CertificateMaterial
{
    internal static Material<T> Create<T>(T value, ParsedCertificate certificate)
        where T : class => new(value)
        {
            Description = $"{ParsedCertificate.DescribeName(certificate.SubjectDer.Span)}, {certificate.PublicKey}, until {certificate.NotAfter:u}, "
                + $"SHA-256 {Convert.ToHexStringLower(certificate.Sha256.Span)}",
            ValidFrom = certificate.NotBefore,
            ExpiresAt = GetExpiration(certificate.NotAfter),
        };

    /// <summary>notAfter is the last second of validity (RFC 5280, 4.1.2.5): it ends a second later.</summary>
    internal static DateTimeOffset GetExpiration(DateTimeOffset notAfter) =>
        DateTimeOffset.MaxValue - notAfter > TimeSpan.FromSeconds(1) ? notAfter.AddSeconds(1) : notAfter;
}

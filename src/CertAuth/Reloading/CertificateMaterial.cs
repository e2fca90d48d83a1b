using CertAuth.Certificates;

namespace CertAuth.Reloading;

/// <summary>Creates the <see cref="Material{T}"/> of a value that depends on one certificate.</summary>
internal static class CertificateMaterial
{
    internal static Material<T> Create<T>(T value, ParsedCertificate certificate)
        where T : class => new(value)
        {
            Description = $"{ParsedCertificate.DescribeName(certificate.SubjectDer.Span)}, {certificate.PublicKey}, "
                + $"until {certificate.NotAfter:u}, SHA-256 {Convert.ToHexStringLower(certificate.Sha256.Span)}",
            ValidFrom = certificate.NotBefore,
            ExpiresAt = ValidityPeriod.GetEnd(certificate.NotAfter),
        };
}

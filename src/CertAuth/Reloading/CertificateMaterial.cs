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
            ExpiresAt = GetExpiration(certificate.NotAfter),
        };

    /// <summary>Returns the end of the last second of validity: notAfter is included (RFC 5280, 4.1.2.5).</summary>
    internal static DateTimeOffset GetExpiration(DateTimeOffset notAfter) =>
        DateTimeOffset.MaxValue - notAfter > TimeSpan.FromSeconds(1) ? notAfter.AddSeconds(1) : notAfter;
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Reads a signing certificate, and keeps each certificate that it replaces for
/// <see cref="SigningBounds.Retention"/>.</summary>
internal sealed class SigningCertificateRingReader(TimeProvider clock, string certificateFile = "the certificate file")
    : IMaterialReader<SigningCertificateRing>
{
    public string Kind => "signing-certificate-ring";

    public int MaxBytes => KeyBounds.MaxFileBytes;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<SigningCertificateRing>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = SigningCertificate.TryParseAt(files[0].Span, now, out SigningCertificate? certificate, out KeyPairError error);
        material = isRead ? CreateMaterial(certificate!) : null;
        problem = isRead ? null : error.ToString(certificateFile);
        return isRead;
    }

    private Material<SigningCertificateRing> CreateMaterial(SigningCertificate certificate) => CertificateMaterial.Create(
        SigningCertificateRing.Create(certificate, new() { TimeProvider = clock }), certificate.Certificate);

    public SigningCertificateRing Merge(SigningCertificateRing current, SigningCertificateRing next) => current.ReplaceNewest(next.Newest);

    public bool IsUsable(SigningCertificateRing current) => !current.Accepted.IsEmpty;
}

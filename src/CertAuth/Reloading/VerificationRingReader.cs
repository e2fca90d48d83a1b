using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Reads a signing certificate, and keeps those that it replaced.</summary>
internal sealed class VerificationRingReader(TimeProvider clock, string certificateFile = "the certificate file")
    : IMaterialReader<VerificationRing>
{
    public string Kind => "verification-ring";

    public int MaxOctets => KeyPairReader.MaxOctets;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<VerificationRing>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = SigningCertificate.TryLoad(files[0].Span, now, out SigningCertificate? certificate, out KeyPairError error);
        material = isRead ? CertificateMaterial.Of(VerificationRing.Create(certificate!, clock), certificate!.Certificate) : null;
        problem = isRead ? null : error.ToString(certificateFile);
        return isRead;
    }

    public VerificationRing Follow(VerificationRing current, VerificationRing next) => current.Replace(next.Newest);

    public bool IsUsable(VerificationRing current) => !current.Accepted.IsEmpty;
}

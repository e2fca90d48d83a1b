using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>CERTIFICATE: the client certificate must have one of these digests.</summary>
/// <remarks>The digest is the SHA-256 of the certificate's DER, so a renewed certificate has another one. The certificate
/// must still verify.</remarks>
public sealed class CertificateOption : DigestOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="digests">The accepted digests of the certificate: 1 to 16, none repeated.</param>
    /// <exception cref="ArgumentException">There are no digests or more than 16, or one is repeated.</exception>
    public CertificateOption(params ImmutableArray<Sha256Digest> digests)
        : base(RequirementPart.CertificateDigest, digests)
    {
    }

    internal static CertificateOption? ParseOrNull(string value, out RequirementError error) =>
        ParseDigests(RequirementPart.CertificateDigest, value, out error) is { IsEmpty: false } digests ? new(digests) : null;

    internal override bool IdentifiesHolder => true;

    private protected override RejectionReason Mismatch => RejectionReason.CertificateMismatch;

    private protected override ReadOnlyMemory<byte> GetPresented(VerifiedCertificate certificate) => certificate.Sha256;
}

using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>PUBLIC_KEY: the public key of the client certificate must have one of these digests.</summary>
/// <remarks>The digest is the SHA-256 of the DER-encoded SubjectPublicKeyInfo (RFC 7469, 2.4), so it stays the same in a renewal with the
/// same key. The certificate must still verify. A forwarded certificate does not meet it.</remarks>
public sealed class PublicKeyOption : DigestOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="digests">The accepted digests of the certificate's SubjectPublicKeyInfo: 1 to 16, none repeated.</param>
    /// <exception cref="ArgumentException">There are no digests or more than 16, or one is repeated.</exception>
    public PublicKeyOption(params ImmutableArray<Sha256Digest> digests)
        : base(RequirementPart.PublicKey, digests)
    {
    }

    internal static PublicKeyOption? ParseOrNull(string value, out RequirementError error) =>
        ParseDigests(RequirementPart.PublicKey, value, out error) is { IsEmpty: false } digests ? new(digests) : null;

    internal override bool IdentifiesHolder => true;

    private protected override RejectionReason Mismatch => RejectionReason.PublicKeyMismatch;

    private protected override ReadOnlyMemory<byte> GetPresented(VerifiedCertificate certificate) => certificate.PublicKeySha256;
}

using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>ISSUER_KEY: the key that verified the signature of the client certificate must have one of these digests.</summary>
/// <remarks>It distinguishes trusted CAs of the same name, such as a CA with a new key and the one whose key was stolen. The digest is the
/// SHA-256 of the DER-encoded SubjectPublicKeyInfo (RFC 5280, 4.1) of the direct issuer. A client certificate that is itself trusted has no
/// issuer, so it does not meet the option, and neither does a forwarded certificate. The option does not identify the holder of a
/// certificate.</remarks>
public sealed class IssuerKeyOption : DigestOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="digests">The accepted digests of the issuer's SubjectPublicKeyInfo: 1 to 16, none repeated.</param>
    /// <exception cref="ArgumentException">There are no digests or more than 16, or one is repeated.</exception>
    public IssuerKeyOption(params ImmutableArray<Sha256Digest> digests)
        : base(RequirementPart.IssuerKey, digests)
    {
    }

    internal static IssuerKeyOption? ParseOrNull(string value, out RequirementError error) =>
        ParseDigests(RequirementPart.IssuerKey, value, out error) is { IsEmpty: false } digests ? new(digests) : null;

    private protected override RejectionReason Mismatch => RejectionReason.IssuerKeyMismatch;

    private protected override ReadOnlyMemory<byte> GetPresented(VerifiedCertificate certificate) => certificate.IssuerKeySha256;
}

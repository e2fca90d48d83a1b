using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>ISSUER_KEY: the key that verified the signature of the client certificate must have one of these digests.</summary>
/// <remarks>It distinguishes trusted CAs of the same name, such as a CA whose key was stolen and its successor. The digest is the SHA-256
/// of the DER-encoded SubjectPublicKeyInfo (RFC 5280, 4.1) of the direct issuer. Neither a client certificate that is itself in the trust
/// bundle nor a forwarded certificate meets the option. The option does not identify the holder of a certificate.</remarks>
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

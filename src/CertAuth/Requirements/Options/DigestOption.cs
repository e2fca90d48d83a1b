using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>An option whose value is a list of SHA-256 digests, of which one must match.</summary>
/// <remarks>Two options are equal if they are of the same type and have the same digests in the same order.</remarks>
public abstract class DigestOption : RequirementOption
{
    private protected DigestOption(RequirementPart part, ImmutableArray<Sha256Digest> digests)
        : base(part)
    {
        if (digests.IsDefaultOrEmpty || digests.Length > RequirementBounds.MaxDigests || digests.Distinct().Count() != digests.Length)
            throw new ArgumentException($"Expected 1 to {RequirementBounds.MaxDigests} different digests.", nameof(digests));
        Digests = digests;
    }

    /// <summary>Gets the accepted digests, in the order in which they were written: 1 to 16, none repeated.</summary>
    public ImmutableArray<Sha256Digest> Digests { get; }

    /// <summary>Gets the digests as <c>sha256:</c> and 64 lowercase hexadecimal digits each, separated by commas.</summary>
    public override string Value => string.Join(',', Digests);

    /// <summary>Gets the reason if no digest matches.</summary>
    private protected abstract RejectionReason Mismatch { get; }

    internal override bool IsMet(TlsConnectionInfo? connection) =>
        connection?.ClientCertificate is { } certificate && Contains(GetPresented(certificate).Span);

    internal override RejectionReason GetReason(TlsConnectionInfo? connection) => Mismatch;

    internal override RejectionDetails Describe(TlsConnectionInfo? connection)
    {
        if (connection?.ClientCertificate is not { } certificate)
            return new(Value, null);

        ReadOnlyMemory<byte> presented = GetPresented(certificate);
        return presented.IsEmpty
            ? new(Value, null, ExplainAbsence(certificate))
            : new(Value, Sha256Digest.Format(presented.Span), SuggestOption(certificate));
    }

    /// <summary>Returns the digest that the certificate presents; empty if it is unknown.</summary>
    private protected abstract ReadOnlyMemory<byte> GetPresented(VerifiedCertificate certificate);

    private protected override bool EqualsValue(RequirementOption other) =>
        Digests.AsSpan().SequenceEqual(((DigestOption)other).Digests.AsSpan());

    private protected override int GetValueHashCode() => HashCode.Combine(Digests.Length, Digests[0]);

    /// <summary>Parses digests; empty and the error if they are malformed.</summary>
    private protected static ImmutableArray<Sha256Digest> ParseDigests(RequirementPart part, string value, out RequirementError error)
    {
        ImmutableArray<Sha256Digest> digests = new DigestListParser(value).Parse(out DigestError found);
        error = found.Kind == DigestErrorKind.None
            ? default
            : new(RequirementErrorKind.BadDigest, found.Index, part) { Digest = found.Kind };
        return digests;
    }

    private bool Contains(ReadOnlySpan<byte> presented) => Sha256Digest.Contains(Digests.AsSpan(), presented);

    private static string ExplainAbsence(VerifiedCertificate certificate) => certificate.Certificate is null
        ? "version 1 of the cert-info token does not contain the key"
        : "the certificate is in the trust bundle, so no issuer verified it";

    // A digest of the other thing is the most frequent mistake.
    private string? SuggestOption(VerifiedCertificate certificate)
    {
        if (Contains(GetPresented(certificate).Span))
            return null;
        if (Contains(certificate.Sha256.Span))
            return "the required digest is that of the client certificate; use CERTIFICATE";
        if (Contains(certificate.PublicKeySha256.Span))
            return "the required digest is that of the client certificate's public key; use PUBLIC_KEY";
        if (Contains(certificate.IssuerKeySha256.Span))
            return "the required digest is that of the issuer's public key; use ISSUER_KEY";
        return Contains(certificate.IssuerSha256.Span)
            ? "the required digest is that of the issuer's certificate; use ISSUER_KEY with the digest of its public key"
            : null;
    }
}

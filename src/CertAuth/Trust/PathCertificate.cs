using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Trust;

/// <summary>A certificate that can be part of a path: the leaf, an intermediate that the peer sent, or a certificate of the
/// bundle.</summary>
/// <remarks>Expensive properties are computed on first use, and only once. Safe for concurrent use.</remarks>
internal sealed class PathCertificate(ParsedCertificate certificate)
{
    private readonly Lazy<byte[]?> _foldedSubject =
        new(() => FoldedName.FoldOrNull(certificate.SubjectDer.Span), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<byte[]?> _foldedIssuer =
        new(() => FoldedName.FoldOrNull(certificate.IssuerDer.Span), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<VerificationKey?> _key =
        new(() => VerificationKey.ImportOrNull(certificate.SubjectPublicKeyInfo), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<NameConstraints?> _nameConstraints = new(
        () => NameConstraints.ReadOrNull(certificate.Fields.Extensions.NameConstraints.Slice(certificate.Der.Span)),
        LazyThreadSafetyMode.PublicationOnly);

    private volatile bool _hasIssuedAmbiguousCertificate;

    internal ParsedCertificate Certificate { get; } = certificate;

    /// <summary>Gets the folded subject; null if it is malformed, empty or too long (see <see cref="FoldedName"/>).</summary>
    internal byte[]? FoldedSubject => _foldedSubject.Value;

    /// <summary>Gets the folded issuer; null if it is malformed, empty or too long (see <see cref="FoldedName"/>).</summary>
    internal byte[]? FoldedIssuer => _foldedIssuer.Value;

    /// <summary>Gets a value that indicates whether subject and issuer are the same name (RFC 5280, 3.2). A self-issued intermediate does
    /// not count towards the length of a path.</summary>
    internal bool IsSelfIssued => FoldedSubject is { } subject && FoldedIssuer is { } issuer && subject.AsSpan().SequenceEqual(issuer);

    /// <summary>Gets the public key, imported on first use; null if signatures cannot be verified with it.</summary>
    internal VerificationKey? Key => _key.Value;

    /// <summary>Gets a value that indicates whether the public key was imported.</summary>
    internal bool IsKeyImported => _key.IsValueCreated;

    /// <summary>Gets the name constraints; null if the certificate has none or they are malformed.</summary>
    internal NameConstraints? NameConstraints => _nameConstraints.Value;

    /// <summary>Gets a value that indicates whether this CA issued a verified certificate whose issuer name and key identifiers also match
    /// another CA. Once true, it stays true.</summary>
    internal bool HasIssuedAmbiguousCertificate => _hasIssuedAmbiguousCertificate;

    internal void RecordAmbiguousCertificate() => _hasIssuedAmbiguousCertificate = true;

    /// <summary>Returns whether both certificates have key identifiers and these differ, so that the other certificate is not the issuer of
    /// this one.</summary>
    internal bool ExcludesAsIssuer(PathCertificate other)
    {
        ReadOnlySpan<byte> authority = Certificate.Fields.Extensions.AuthorityKeyIdentifier.Slice(Certificate.Der.Span);
        ReadOnlySpan<byte> subject = other.Certificate.Fields.Extensions.SubjectKeyIdentifier.Slice(other.Certificate.Der.Span);
        return !authority.IsEmpty && !subject.IsEmpty && !authority.SequenceEqual(subject);
    }

    /// <summary>Returns whether the issuer name of this certificate is the subject of another. No signature is checked.</summary>
    internal bool IssuerNameMatches(PathCertificate other) =>
        FoldedIssuer is { } issuer && other.FoldedSubject is { } subject && issuer.AsSpan().SequenceEqual(subject);

    /// <summary>Returns whether both certificates are of the same CA: they have the same name and the same key.</summary>
    internal bool IsSameAuthority(PathCertificate other) =>
        FoldedSubject is { } subject && other.FoldedSubject is { } otherSubject && subject.AsSpan().SequenceEqual(otherSubject)
        && Certificate.SubjectPublicKeyInfo.SequenceEqual(other.Certificate.SubjectPublicKeyInfo);
}

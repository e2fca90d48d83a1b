using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A certificate that may stand in a path: the leaf, one that the peer sent, one of the bundle.</summary>
/// <remarks>What costs time is made when it is first asked for, and once. Safe for concurrent use.</remarks>
internal sealed class PathCertificate(ParsedCertificate certificate)
{
    private readonly Lazy<byte[]?> _foldedSubject = new(() => FoldedName.FoldOrNull(certificate.SubjectDer.Span), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<byte[]?> _foldedIssuer = new(() => FoldedName.FoldOrNull(certificate.IssuerDer.Span), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<IssuerKey?> _key = new(() => IssuerKey.Import(certificate), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<NameConstraints?> _nameConstraints = new(
        () => NameConstraints.ReadOrNull(certificate.Fields.Extensions.NameConstraints.Slice(certificate.Der.Span)),
        LazyThreadSafetyMode.PublicationOnly);

    private volatile bool _hasAmbiguousIssue;

    internal ParsedCertificate Certificate { get; } = certificate;

    /// <summary>The folded subject; null where it is malformed or empty.</summary>
    internal byte[]? FoldedSubject => _foldedSubject.Value;

    /// <summary>The folded issuer; null where it is malformed or empty.</summary>
    internal byte[]? FoldedIssuer => _foldedIssuer.Value;

    /// <summary>Whether subject and issuer are one name (RFC 5280, 3.2): such an intermediate isn't counted in a path length.</summary>
    internal bool IsSelfIssued => FoldedSubject is { } subject && FoldedIssuer is { } issuer && subject.AsSpan().SequenceEqual(issuer);

    /// <summary>The key, imported when it is first needed; null where nothing can be verified with it.</summary>
    internal IssuerKey? Key => _key.Value;

    /// <summary>The name constraints; null where it has none, or malformed ones.</summary>
    internal NameConstraints? NameConstraints => _nameConstraints.Value;

    /// <summary>Whether a certificate that this CA issued was verified and may as well name another CA. Only ever set.</summary>
    internal bool HasAmbiguousIssue => _hasAmbiguousIssue;

    internal void NoteAmbiguousIssue() => _hasAmbiguousIssue = true;

    /// <summary>Whether the key identifiers show that the other did not issue this certificate.</summary>
    internal bool ExcludesAsIssuer(PathCertificate other)
    {
        ReadOnlySpan<byte> wanted = Certificate.Fields.Extensions.AuthorityKeyIdentifier.Slice(Certificate.Der.Span);
        ReadOnlySpan<byte> own = other.Certificate.Fields.Extensions.SubjectKeyIdentifier.Slice(other.Certificate.Der.Span);
        return !wanted.IsEmpty && !own.IsEmpty && !wanted.SequenceEqual(own);
    }

    /// <summary>Whether this certificate names the other as its issuer.</summary>
    internal bool IssuerNameMatches(PathCertificate other) =>
        FoldedIssuer is { } issuer && other.FoldedSubject is { } subject && issuer.AsSpan().SequenceEqual(subject);

    /// <summary>Whether both are one CA: the same name and the same key.</summary>
    internal bool IsSameAuthority(PathCertificate other) =>
        FoldedSubject is { } subject && other.FoldedSubject is { } otherSubject && subject.AsSpan().SequenceEqual(otherSubject)
        && Certificate.Fields.PublicKey.Slice(Certificate.Der.Span).SequenceEqual(other.Certificate.Fields.PublicKey.Slice(other.Certificate.Der.Span));
}

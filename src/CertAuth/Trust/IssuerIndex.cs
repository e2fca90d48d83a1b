using System.Collections.Frozen;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Finds the certificates of a bundle by subject, in a time that doesn't grow with the bundle.</summary>
internal sealed class IssuerIndex
{
    private readonly FrozenSet<byte[]> _certificates;

    // Every spelling of a subject that stands in the bundle leads to all certificates of that subject.
    private readonly FrozenDictionary<byte[], PathCertificate[]> _byEncodedSubject;
    private readonly FrozenDictionary<byte[], PathCertificate[]> _byFoldedSubject;

    private readonly bool _hasSharedSubjects;

    internal IssuerIndex(IReadOnlyCollection<PathCertificate> anchors)
    {
        _certificates = anchors.Select(a => a.Certificate.Der.ToArray()).ToFrozenSet(ByteArrayComparer.Instance);
        PathCertificate[][] groups =
        [
            .. anchors.Where(a => a.FoldedSubject is not null).GroupBy(a => a.FoldedSubject!, ByteArrayComparer.Instance).Select(g => g.ToArray()),
        ];
        _hasSharedSubjects = groups.Any(g => g.Length > 1);
        _byFoldedSubject = groups.ToFrozenDictionary(g => g[0].FoldedSubject!, ByteArrayComparer.Instance);
        _byEncodedSubject = groups.SelectMany(g => g.Select(a => (Subject: a.Certificate.SubjectDer.ToArray(), Group: g)))
            .DistinctBy(s => s.Subject, ByteArrayComparer.Instance)
            .ToFrozenDictionary(s => s.Subject, s => s.Group, ByteArrayComparer.Instance);
    }

    /// <summary>The certificates of the bundle that a certificate names as its issuer.</summary>
    internal ReadOnlySpan<PathCertificate> FindIssuers(PathCertificate child)
    {
        if (_byEncodedSubject.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(child.Certificate.IssuerDer.Span, out PathCertificate[]? group))
            return group;
        return child.FoldedIssuer is { } folded && _byFoldedSubject.TryGetValue(folded, out group) ? group : [];
    }

    /// <summary>Whether a verified path might as well lead to another CA of the bundle with the same subject if only names and key
    /// identifiers are compared, as OpenSSL does when it chooses the CA that it sends. Noted at the CA that issued.</summary>
    internal bool NoteAmbiguity(ParsedCertificate leaf, VerifiedPath path)
    {
        if (!_hasSharedSubjects)
            return false;

        PathCertificate top = path.Intermediates.Count > 0 ? path.Intermediates[^1] : new(leaf);
        PathCertificate[] named = [.. FindIssuers(top)];
        if (Array.Find(named, candidate => ReferenceEquals(candidate.Certificate, path.Anchor)) is not { } issuer)
            return false;

        bool isAmbiguous = Array.Exists(named, other => !other.IsSameAuthority(issuer) && !top.ExcludesAsIssuer(other));
        if (isAmbiguous)
            issuer.NoteAmbiguousIssue();
        return isAmbiguous;
    }

    /// <summary>Whether the bundle holds exactly this certificate.</summary>
    internal bool Contains(ParsedCertificate certificate) =>
        _certificates.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(certificate.Der.Span);
}

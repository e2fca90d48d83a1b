using System.Collections.Frozen;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Finds the certificates of a bundle by subject. The time does not grow with the size of the bundle.</summary>
internal sealed class IssuerIndex
{
    private readonly FrozenSet<byte[]> _certificates;

    // Each encoding of a subject in the bundle leads to all certificates with that subject.
    private readonly FrozenDictionary<byte[], PathCertificate[]> _byEncodedSubject;
    private readonly FrozenDictionary<byte[], PathCertificate[]> _byFoldedSubject;

    private readonly bool _hasSharedSubjects;

    internal IssuerIndex(IReadOnlyCollection<PathCertificate> anchors)
    {
        _certificates = anchors.Select(a => a.Certificate.Der.ToArray()).ToFrozenSet(ByteArrayComparer.Instance);
        PathCertificate[][] groups =
        [
            .. anchors.Where(a => a.FoldedSubject is not null).GroupBy(a => a.FoldedSubject!, ByteArrayComparer.Instance)
                .Select(g => g.ToArray()),
        ];
        _hasSharedSubjects = groups.Any(g => g.Length > 1);
        _byFoldedSubject = groups.ToFrozenDictionary(g => g[0].FoldedSubject!, ByteArrayComparer.Instance);
        _byEncodedSubject = groups.SelectMany(g => g.Select(a => (Subject: a.Certificate.SubjectDer.ToArray(), Group: g)))
            .DistinctBy(s => s.Subject, ByteArrayComparer.Instance)
            .ToFrozenDictionary(s => s.Subject, s => s.Group, ByteArrayComparer.Instance);
    }

    /// <summary>Returns the certificates of the bundle whose subject is the issuer name of a certificate. No signature is
    /// checked.</summary>
    internal ReadOnlySpan<PathCertificate> FindPossibleIssuers(PathCertificate child)
    {
        ReadOnlySpan<byte> issuer = child.Certificate.IssuerDer.Span;
        if (_byEncodedSubject.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(issuer, out PathCertificate[]? group))
            return group;
        return child.FoldedIssuer is { } folded && _byFoldedSubject.TryGetValue(folded, out group) ? group : [];
    }

    /// <summary>Returns the anchor of a verified path if another CA of the bundle has the same subject and the key identifiers do not
    /// exclude it; otherwise, null. OpenSSL, which compares only names and key identifiers when it chooses the CA to send, can then choose
    /// the wrong one.</summary>
    internal PathCertificate? FindAmbiguousIssuer(ParsedCertificate leaf, VerifiedPath path)
    {
        if (!_hasSharedSubjects)
            return null;

        PathCertificate top = path.Intermediates.Count > 0 ? path.Intermediates[^1] : new(leaf);
        PathCertificate[] candidates = [.. FindPossibleIssuers(top)];
        PathCertificate? issuer = Array.Find(candidates, candidate => ReferenceEquals(candidate.Certificate, path.Anchor));
        bool isAmbiguous = issuer is not null
            && Array.Exists(candidates, other => !other.IsSameAuthority(issuer) && !top.ExcludesAsIssuer(other));
        return isAmbiguous ? issuer : null;
    }

    /// <summary>Returns whether the bundle contains this certificate, byte for byte.</summary>
    internal bool Contains(ParsedCertificate certificate) =>
        _certificates.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(certificate.Der.Span);
}

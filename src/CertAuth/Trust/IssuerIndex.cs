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

    internal IssuerIndex(IReadOnlyCollection<PathCertificate> anchors)
    {
        _certificates = anchors.Select(a => a.Certificate.Der.ToArray()).ToFrozenSet(OctetComparer.Instance);
        PathCertificate[][] groups =
        [
            .. anchors.Where(a => a.FoldedSubject is not null).GroupBy(a => a.FoldedSubject!, OctetComparer.Instance).Select(g => g.ToArray()),
        ];
        _byFoldedSubject = groups.ToFrozenDictionary(g => g[0].FoldedSubject!, OctetComparer.Instance);
        _byEncodedSubject = groups.SelectMany(g => g.Select(a => (Subject: a.Certificate.SubjectDer.ToArray(), Group: g)))
            .DistinctBy(s => s.Subject, OctetComparer.Instance)
            .ToFrozenDictionary(s => s.Subject, s => s.Group, OctetComparer.Instance);
    }

    /// <summary>The certificates of the bundle that a certificate names as its issuer.</summary>
    internal ReadOnlySpan<PathCertificate> FindIssuers(PathCertificate child)
    {
        if (_byEncodedSubject.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(child.Certificate.IssuerDer.Span, out PathCertificate[]? group))
            return group;
        return child.FoldedIssuer is { } folded && _byFoldedSubject.TryGetValue(folded, out group) ? group : [];
    }

    /// <summary>Whether the bundle holds exactly this certificate.</summary>
    internal bool Contains(ClientCertificate certificate) =>
        _certificates.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(certificate.Der.Span);
}

using System.Collections.Frozen;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Finds the certificates of a bundle by subject, in a time that doesn't grow with the bundle.</summary>
internal sealed class IssuerIndex
{
    // Every spelling of a subject that stands in the bundle leads to all certificates of that subject.
    private readonly FrozenDictionary<byte[], IssuerCandidate[]> _byEncodedSubject;
    private readonly FrozenDictionary<byte[], IssuerCandidate[]> _byFoldedSubject;

    private readonly FrozenSet<byte[]> _certificates;

    internal IssuerIndex(IReadOnlyCollection<IssuerCandidate> candidates)
    {
        _certificates = candidates.Select(c => c.Certificate.Der.ToArray()).ToFrozenSet(OctetComparer.Instance);
        IssuerCandidate[][] groups =
        [
            .. candidates.Where(c => c.FoldedSubject is not null).GroupBy(c => c.FoldedSubject!, OctetComparer.Instance).Select(g => g.ToArray()),
        ];
        _byFoldedSubject = groups.ToFrozenDictionary(g => g[0].FoldedSubject!, OctetComparer.Instance);
        _byEncodedSubject = groups.SelectMany(g => g.Select(c => (Subject: c.Certificate.SubjectDer.ToArray(), Group: g)))
            .DistinctBy(s => s.Subject, OctetComparer.Instance)
            .ToFrozenDictionary(s => s.Subject, s => s.Group, OctetComparer.Instance);
    }

    internal ReadOnlySpan<IssuerCandidate> Find(ReadOnlySpan<byte> encodedName)
    {
        if (_byEncodedSubject.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(encodedName, out IssuerCandidate[]? group))
            return group;
        return FoldedName.Fold(encodedName) is { } folded && _byFoldedSubject.TryGetValue(folded, out group) ? group : [];
    }

    /// <summary>Whether the bundle holds exactly this certificate.</summary>
    internal bool Contains(ClientCertificate certificate) =>
        _certificates.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(certificate.Der.Span);
}

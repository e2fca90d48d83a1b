namespace CertAuth.Trust;

/// <summary>Finds the CA whose key signed a revocation list, among CAs that are or were trusted.</summary>
/// <remarks>One instance serves one comparison of lists; not safe for concurrent use.</remarks>
internal sealed class RevocationListSigners
{
    // By folded name.
    private readonly Dictionary<byte[], List<PathCertificate>> _cas = new(ByteArrayComparer.Instance);
    private readonly Dictionary<RevocationList, PathCertificate?> _found = [];
    private readonly Budget _checks = new(TrustBounds.MaxRevocationListSignatureChecks);

    /// <summary>Creates an index of CAs, and of the CAs that are known to have signed one of the lists.</summary>
    internal RevocationListSigners(IEnumerable<PathCertificate> cas, IEnumerable<RevocationList> lists)
    {
        foreach (PathCertificate ca in cas.Concat(lists.Select(list => list.Signer).OfType<PathCertificate>()))
        {
            if (ca.FoldedSubject is not { } name)
                continue;
            if (!_cas.TryGetValue(name, out List<PathCertificate>? sameName))
                _cas.Add(name, sameName = []);
            if (!sameName.Exists(ca.IsSameAuthority))
                sameName.Add(ca);
        }
    }

    /// <summary>Gets a value that indicates whether the maximum number of signatures was checked. If true, a list without a known signer
    /// may still be signed by one of the CAs.</summary>
    internal bool IsExhausted => _checks.IsExhausted;

    /// <summary>Returns the CA that signed a list, or null if none is known.</summary>
    internal PathCertificate? Find(RevocationList list)
    {
        if (!_found.TryGetValue(list, out PathCertificate? signer))
            _found.Add(list, signer = list.Signer ?? Search(list));
        return signer;
    }

    private PathCertificate? Search(RevocationList list)
    {
        if (list.FoldedIssuer is not { } name || !_cas.TryGetValue(name, out List<PathCertificate>? sameName))
            return null;

        foreach (PathCertificate ca in sameName)
        {
            if (_checks.IsExhausted)
                return null;

            _checks.Spend(1);
            if (list.IsIssuedBy(ca))
                return ca;
        }

        return null;
    }
}

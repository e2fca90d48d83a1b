namespace CertAuth.Trust;

/// <summary>Finds the CA whose key signed a revocation list, among the CAs that are trusted or were.</summary>
/// <remarks>One object serves one comparison of lists, on one thread.</remarks>
internal sealed class RevocationListSigners
{
    /// <summary>The maximum number of signatures that are checked: a file of forged lists must not keep a reload busy. 4,096 is four times
    /// the number of lists that are read.</summary>
    internal const int MaxSignatureChecks = 4 * RevocationListFileReader.MaxLists;

    // By folded name.
    private readonly Dictionary<byte[], List<PathCertificate>> _cas = new(ByteArrayComparer.Instance);
    private readonly Dictionary<RevocationList, PathCertificate?> _found = [];
    private int _checksLeft = MaxSignatureChecks;

    /// <summary>Knows these CAs, and those whose signature on one of the lists has been verified before.</summary>
    internal RevocationListSigners(IEnumerable<PathCertificate> cas, IEnumerable<RevocationList> lists)
    {
        foreach (PathCertificate ca in cas.Concat(lists.Select(list => list.Signer).OfType<PathCertificate>()))
        {
            if (ca.FoldedSubject is not { } name)
                continue;
            if (!_cas.TryGetValue(name, out List<PathCertificate>? namesakes))
                _cas.Add(name, namesakes = []);
            if (!namesakes.Exists(ca.IsSameAuthority))
                namesakes.Add(ca);
        }
    }

    /// <summary>Whether the checks are used up: a list for which no CA was found may still be the list of one.</summary>
    internal bool IsExhausted => _checksLeft <= 0;

    /// <summary>The CA that signed the list, or null.</summary>
    internal PathCertificate? Find(RevocationList list)
    {
        if (!_found.TryGetValue(list, out PathCertificate? signer))
            _found.Add(list, signer = list.Signer ?? Search(list));
        return signer;
    }

    private PathCertificate? Search(RevocationList list)
    {
        if (list.FoldedIssuer is not { } name || !_cas.TryGetValue(name, out List<PathCertificate>? namesakes))
            return null;

        foreach (PathCertificate ca in namesakes)
        {
            if (_checksLeft <= 0)
                return null;

            _checksLeft--;
            if (list.IsIssuedBy(ca))
                return ca;
        }

        return null;
    }
}

namespace CertAuth.Trust;

/// <summary>The intermediates that a peer sent, and which of them a trusted key signed.</summary>
/// <remarks>Trust grows downward: an intermediate is used, its key imported, only after a trusted key has signed it. So forged ones cost no more than
/// failed checks with trusted keys, and few of those.</remarks>
internal sealed class SentIntermediates(
    IReadOnlyList<PathCertificate> sent, IssuerIndex anchors, SignatureChecks signatures, CertificateRules rules)
{
    /// <summary>The maximum number of signature checks that fail on forged intermediates before no further intermediate is tried.</summary>
    // Anybody who can connect can send 63 of them. The longest path has 10 intermediates: forgeries cost no more checks than such a path does.
    internal const int MaxFailedChecks = PathSearch.MaxIntermediates;

    private readonly List<PathCertificate> _trusted = [];
    private List<PathCertificate>? _waiting;
    private int _failedChecks;

    /// <summary>Those that a trusted key signed.</summary>
    internal List<PathCertificate> Trusted => _trusted;

    /// <summary>Trusts one intermediate more; false where no trusted key signed any other that leads up from the leaf.</summary>
    internal bool TrustOneMore(PathCertificate leaf)
    {
        _waiting ??= FindAncestors(leaf);
        for (int i = 0; i < _waiting.Count && !signatures.IsExhausted; i++)
        {
            PathCertificate candidate = _waiting[i];
            if (IsSignedByTrusted(candidate))
            {
                _trusted.Add(candidate);
                Postpone(i);
                return true;
            }
        }

        return false;
    }

    // What was tried in vain comes last the next time, the last tried first: then a path whose CAs all have one name, sent from the top down, costs a
    // failed check for each CA and not for each pair.
    private void Postpone(int trusted)
    {
        List<PathCertificate> inVain = _waiting!.GetRange(0, trusted);
        inVain.Reverse();
        _waiting.RemoveRange(0, trusted + 1);
        _waiting.AddRange(inVain);
    }

    // The certificates whose names lead up from the leaf, the likely ones first.
    private List<PathCertificate> FindAncestors(PathCertificate leaf)
    {
        List<PathCertificate> ancestors = [];
        List<PathCertificate> rest = [.. sent];
        Queue<PathCertificate> children = new([leaf]);
        while (children.TryDequeue(out PathCertificate? child))
        {
            List<PathCertificate> issuers = rest.FindAll(child.NamesAsIssuer);

            // RFC 8446, 4.4.2: a path is sent from the leaf up, while trust grows from the top down. So among equals the first comes first, the issuer
            // of the leaf, and then the others from the last.
            if (issuers.Count > 1)
                issuers.Reverse(1, issuers.Count - 1);
            foreach (PathCertificate issuer in issuers.OrderByDescending(issuer => IssuerRank.Of(issuer, child, rules)))
            {
                rest.Remove(issuer);
                ancestors.Add(issuer);
                children.Enqueue(issuer);
            }
        }

        return ancestors;
    }

    private bool IsSignedByTrusted(PathCertificate candidate)
    {
        ReadOnlySpan<PathCertificate> named = anchors.FindIssuers(candidate);
        PathCertificate[] trusted = _trusted.Count == 0 ? [] : [.. _trusted.Where(candidate.NamesAsIssuer)];
        if ((named.IsEmpty && trusted.Length == 0) || !signatures.AcceptsScheme(candidate))
            return false;

        int before = signatures.Count;
        for (int rank = IssuerRank.Max; rank >= 0 && !signatures.IsExhausted; rank--)
        {
            if (IsSignedByOne(candidate, named, rank, before) || IsSignedByOne(candidate, trusted, rank, before))
                return true;
        }

        // Not charged where one of them signed it: among CAs of one name each is a candidate.
        _failedChecks += signatures.Count - before;
        return false;
    }

    private bool IsSignedByOne(PathCertificate candidate, ReadOnlySpan<PathCertificate> issuers, int rank, int before)
    {
        foreach (PathCertificate issuer in issuers)
        {
            if (IssuerRank.Of(issuer, candidate, rules) != rank)
                continue;

            // An intermediate that is begun is tried with all of its possible issuers; with the budget spent, no further one is begun.
            bool isBegun = signatures.Count > before || signatures.IsKnown(candidate, issuer);
            if (!isBegun && _failedChecks >= MaxFailedChecks)
                return signatures.Exhaust($"a path with {MaxFailedChecks} failed signature checks of intermediates at most");
            if (signatures.IsSigned(candidate, issuer))
                return true;
            if (signatures.IsExhausted)
                return false;
        }

        return false;
    }
}

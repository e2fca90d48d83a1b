using System.Runtime.InteropServices;

namespace CertAuth.Trust;

/// <summary>The intermediates that a peer sent, and the subset that a trusted key signed.</summary>
/// <remarks>Trust grows from the anchors down: the key of an intermediate is imported and used only after the intermediate's signature by a
/// trusted key was verified. Therefore forged intermediates cost only a few failed checks with trusted keys.</remarks>
internal sealed class SentIntermediates(
    IReadOnlyList<PathCertificate> sent, IssuerIndex anchors, BoundedSignatureVerifier signatures, CertificateRules rules)
{
    private List<PathCertificate>? _candidates;
    private readonly Budget _failedChecks = new(TrustBounds.MaxFailedChecks);

    /// <summary>Gets the intermediates that a trusted key signed.</summary>
    internal List<PathCertificate> Trusted { get; } = [];

    /// <summary>Trusts one more intermediate; returns false if no trusted key signed another possible ancestor of the leaf.</summary>
    internal bool TryTrustNext(PathCertificate leaf)
    {
        if (sent.Count == 0)
            return false;

        _candidates ??= FindAncestors(leaf);
        for (int i = 0; i < _candidates.Count && !signatures.IsExhausted; i++)
        {
            PathCertificate candidate = _candidates[i];
            if (IsSignedByTrusted(candidate))
            {
                Trusted.Add(candidate);
                MoveFailedToEnd(i);
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether the issuer name of a certificate is the subject of a trusted intermediate. No signature is
    /// checked.</summary>
    internal bool HasPossibleIssuer(PathCertificate child) => Trusted.Count > 0 && Trusted.Exists(child.IssuerNameMatches);

    // Moves the intermediates that were tried without success to the end, in reverse order. If all CAs of a path have the same name, the
    // number of failed checks then grows with the number of CAs, not with its square.
    private void MoveFailedToEnd(int trusted)
    {
        List<PathCertificate> failed = _candidates!.GetRange(0, trusted);
        failed.Reverse();
        _candidates.RemoveRange(0, trusted + 1);
        _candidates.AddRange(failed);
    }

    // Returns the intermediates that can be reached from the leaf by issuer names, the most likely ones first.
    private List<PathCertificate> FindAncestors(PathCertificate leaf)
    {
        List<PathCertificate> ancestors = [];
        List<PathCertificate> rest = [.. sent];
        Queue<PathCertificate> children = new([leaf]);
        while (children.TryDequeue(out PathCertificate? child))
        {
            List<PathCertificate> issuers = rest.FindAll(child.IssuerNameMatches);

            // RFC 8446, 4.4.2: a path is sent from the leaf upward, and trust grows from the top down. Therefore, of several issuers with
            // the same name, the first comes first, because it is probably the issuer of the leaf, and the others follow in reverse order.
            if (issuers.Count > 1)
                issuers.Reverse(1, issuers.Count - 1);
            foreach (PathCertificate issuer in issuers.OrderByDescending(issuer => IssuerRank.Get(issuer, child, rules)))
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
        ReadOnlySpan<PathCertificate> matchingAnchors = anchors.FindPossibleIssuers(candidate);
        if ((matchingAnchors.IsEmpty && !HasPossibleIssuer(candidate)) || !signatures.AcceptsScheme(candidate))
            return false;

        ReadOnlySpan<PathCertificate> trusted = CollectionsMarshal.AsSpan(Trusted);
        int checksBefore = signatures.Count;
        for (int rank = IssuerRank.Max; rank >= 0 && !signatures.IsExhausted; rank--)
        {
            if (IsSignedByOneOf(candidate, matchingAnchors, rank, checksBefore) || IsSignedByOneOf(candidate, trusted, rank, checksBefore))
                return true;
        }

        // Failed checks count only here: they do not count if another CA with the same name signed the intermediate.
        _failedChecks.Spend(signatures.Count - checksBefore);
        return false;
    }

    private bool IsSignedByOneOf(PathCertificate candidate, ReadOnlySpan<PathCertificate> issuers, int rank, int checksBefore)
    {
        foreach (PathCertificate issuer in issuers)
        {
            if (!candidate.IssuerNameMatches(issuer) || IssuerRank.Get(issuer, candidate, rules) != rank)
                continue;

            // Once the budget is used up, no further intermediate gets its first check.
            bool isFirst = signatures.Count == checksBefore && !signatures.IsChecked(candidate, issuer);
            if (isFirst && _failedChecks.IsExhausted)
                return signatures.Exhaust($"a path with at most {TrustBounds.MaxFailedChecks} failed signature checks on intermediates");
            if (signatures.IsSignedBy(candidate, issuer))
                return true;
            if (signatures.IsExhausted)
                return false;
        }

        return false;
    }
}

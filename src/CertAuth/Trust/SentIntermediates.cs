using System.Runtime.InteropServices;

namespace CertAuth.Trust;

/// <summary>The intermediates that a peer sent, and which of them a trusted key signed.</summary>
/// <remarks>Trust grows downward: an intermediate is used, its key imported, only after a trusted key has signed it. So forged ones cost no
/// more than failed checks with trusted keys, and few of those.</remarks>
internal sealed class SentIntermediates(
    IReadOnlyList<PathCertificate> sent, IssuerIndex anchors, BoundedSignatureVerifier signatures, CertificateRules rules)
{
    /// <summary>The maximum number of failed signature checks on intermediates that no trusted key signed; then no further one is
    /// tried.</summary>
    // Anybody who can connect can send 63 of them. A path has at most 10 intermediates, so forged ones cost no more checks than the longest
    // path that is accepted. Once an intermediate has had its first check, it is tried with every CA of its issuer's name.
    internal const int MaxFailedChecks = PathSearch.MaxIntermediates;

    private List<PathCertificate>? _waiting;
    private int _failedChecks;

    /// <summary>Those that a trusted key signed.</summary>
    internal List<PathCertificate> Trusted { get; } = [];

    /// <summary>Trusts one intermediate more; false where no trusted key signed any other that leads up from the leaf.</summary>
    internal bool TrustOneMore(PathCertificate leaf)
    {
        if (sent.Count == 0)
            return false;

        _waiting ??= FindAncestors(leaf);
        for (int i = 0; i < _waiting.Count && !signatures.IsExhausted; i++)
        {
            PathCertificate candidate = _waiting[i];
            if (IsSignedByTrusted(candidate))
            {
                Trusted.Add(candidate);
                Postpone(i);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a certificate names one of the trusted intermediates as its issuer.</summary>
    internal bool IsIssuedByTrusted(PathCertificate child) => Trusted.Count > 0 && Trusted.Exists(child.IssuerNameMatches);

    // Those that were tried without success come last the next time, the last tried first. So a path whose CAs all have one name costs a
    // failed check for each CA, not for each pair.
    private void Postpone(int trusted)
    {
        List<PathCertificate> failed = _waiting!.GetRange(0, trusted);
        failed.Reverse();
        _waiting.RemoveRange(0, trusted + 1);
        _waiting.AddRange(failed);
    }

    // The certificates whose names lead up from the leaf, the likely ones first.
    private List<PathCertificate> FindAncestors(PathCertificate leaf)
    {
        List<PathCertificate> ancestors = [];
        List<PathCertificate> rest = [.. sent];
        Queue<PathCertificate> children = new([leaf]);
        while (children.TryDequeue(out PathCertificate? child))
        {
            List<PathCertificate> issuers = rest.FindAll(child.IssuerNameMatches);

            // RFC 8446, 4.4.2: a path is sent from the leaf up, while trust grows from the top down. So among equals the first comes first,
            // the issuer of the leaf, and then the others from the last.
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
        if ((named.IsEmpty && !IsIssuedByTrusted(candidate)) || !signatures.AcceptsScheme(candidate))
            return false;

        ReadOnlySpan<PathCertificate> trusted = CollectionsMarshal.AsSpan(Trusted);
        int before = signatures.Count;
        for (int rank = IssuerRank.Max; rank >= 0 && !signatures.IsExhausted; rank--)
        {
            if (IsSignedByOneOf(candidate, named, rank, before) || IsSignedByOneOf(candidate, trusted, rank, before))
                return true;
        }

        // Failed checks are not counted if another CA of the name signed the intermediate.
        _failedChecks += signatures.Count - before;
        return false;
    }

    private bool IsSignedByOneOf(PathCertificate candidate, ReadOnlySpan<PathCertificate> issuers, int rank, int before)
    {
        foreach (PathCertificate issuer in issuers)
        {
            if (!candidate.IssuerNameMatches(issuer) || IssuerRank.Of(issuer, candidate, rules) != rank)
                continue;

            // With the budget spent, no further intermediate gets its first check.
            bool isFirst = signatures.Count == before && !signatures.IsKnown(candidate, issuer);
            if (isFirst && _failedChecks >= MaxFailedChecks)
                return signatures.Exhaust($"a path with at most {MaxFailedChecks} failed signature checks on intermediates");
            if (signatures.IsSigned(candidate, issuer))
                return true;
            if (signatures.IsExhausted)
                return false;
        }

        return false;
    }
}

using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Searches a path from a leaf to a certificate of the bundle, within bounds (RFC 4158; RFC 5280, 6.1).</summary>
/// <remarks>
/// <para>Trust grows downward: an intermediate that the peer sent is used, its key imported, only after a trusted key has signed it. So forged ones
/// cost no more than a failed check each with the bundle's own keys.</para>
/// <para>Every candidate of an issuer's name is tried: after a rotation two CAs have one name, and only the signature tells which one issued a
/// version 1 leaf. One object serves one search.</para>
/// </remarks>
internal sealed class PathSearch(IssuerIndex anchors, IReadOnlyList<PathCertificate> sent, CertificateRules rules)
{
    /// <summary>Most intermediates in one path.</summary>
    internal const int MaxIntermediates = 10;

    /// <summary>Most steps upward: only a CA that signs many certificates for its own kind could need more.</summary>
    internal const int MaxSteps = 1000;

    private const int MaxRank = 5;

    private readonly SignatureChecks _signatures = new(rules);
    private readonly List<PathCertificate> _trusted = [];
    private readonly List<PathCertificate> _path = [];
    private int _steps;
    private Refusal? _refusal;

    /// <summary>The anchor of the first path that is good, or why there is none.</summary>
    internal bool TryFind(ClientCertificate leaf, [NotNullWhen(true)] out ClientCertificate? anchor, [NotNullWhen(false)] out Refusal? refusal)
    {
        anchor = null;
        refusal = rules.CheckLeaf(leaf);
        if (refusal is not null)
            return false;

        // A certificate of the bundle vouches for itself: all checks of a leaf but its signature.
        anchor = anchors.Contains(leaf) ? leaf : Find(new PathCertificate(leaf))?.Certificate;
        refusal = anchor is not null ? null : _refusal ?? new(
            FailureReason.UntrustedIssuer,
            () => new("an issuer in the trust bundle", $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.Describe(leaf.IssuerDer.Span)}"));
        return anchor is not null;
    }

    // A path of what is trusted so far; while there is none, one intermediate more is trusted.
    private PathCertificate? Find(PathCertificate leaf)
    {
        PathCertificate? anchor = FindAbove(leaf, intermediatesBelow: 0);
        if (anchor is not null || sent.Count == 0)
            return anchor;

        List<PathCertificate> ancestors = FindAncestors(leaf);
        while (anchor is null && TrustOneMore(ancestors))
            anchor = FindAbove(leaf, intermediatesBelow: 0);
        return anchor;
    }

    // The certificates that the peer sent whose names lead up from the leaf, the likely ones first.
    private List<PathCertificate> FindAncestors(PathCertificate leaf)
    {
        List<PathCertificate> ancestors = [];
        List<PathCertificate> rest = [.. sent];
        Queue<PathCertificate> children = new([leaf]);
        while (children.TryDequeue(out PathCertificate? child))
        {
            PathCertificate[] issuers = [.. rest.Where(child.NamesAsIssuer).OrderByDescending(issuer => Rank(issuer, child))];
            foreach (PathCertificate issuer in issuers)
            {
                rest.Remove(issuer);
                ancestors.Add(issuer);
                children.Enqueue(issuer);
            }
        }

        return ancestors;
    }

    private bool TrustOneMore(List<PathCertificate> ancestors)
    {
        foreach (PathCertificate candidate in ancestors)
        {
            if (IsSignedByTrusted(candidate))
            {
                ancestors.Remove(candidate);
                _trusted.Add(candidate);
                return true;
            }
        }

        return false;
    }

    private bool IsSignedByTrusted(PathCertificate candidate)
    {
        foreach (PathCertificate anchor in anchors.FindIssuers(candidate))
        {
            if (IsSigned(candidate, anchor))
                return true;
        }

        foreach (PathCertificate issuer in _trusted)
        {
            if (candidate.NamesAsIssuer(issuer) && IsSigned(candidate, issuer))
                return true;
        }

        return false;
    }

    private PathCertificate? FindAbove(PathCertificate child, int intermediatesBelow)
    {
        ReadOnlySpan<PathCertificate> named = anchors.FindIssuers(child);
        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (PathCertificate anchor in named)
            {
                if (Rank(anchor, child) == rank && Issued(anchor, isAnchor: true, child, intermediatesBelow))
                    return anchor;
            }
        }

        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (PathCertificate issuer in _trusted)
            {
                if (child.NamesAsIssuer(issuer) && Rank(issuer, child) == rank && !_path.Exists(issuer.IsSameAuthority)
                    && Issued(issuer, isAnchor: false, child, intermediatesBelow)
                    && FindAboveIntermediate(issuer, intermediatesBelow) is { } anchor)
                {
                    return anchor;
                }
            }
        }

        return null;
    }

    private PathCertificate? FindAboveIntermediate(PathCertificate intermediate, int intermediatesBelow)
    {
        if (_path.Count == MaxIntermediates || ++_steps > MaxSteps)
        {
            Record(new(FailureReason.PathTooLong, () => new($"at most {MaxIntermediates} intermediates", "more")));
            return null;
        }

        _path.Add(intermediate);
        PathCertificate? anchor = FindAbove(intermediate, intermediatesBelow + (intermediate.IsSelfIssued ? 0 : 1));
        _path.RemoveAt(_path.Count - 1);
        return anchor;
    }

    // The signature first: the faults of a CA that didn't sign the certificate are nobody's reason.
    private bool Issued(PathCertificate issuer, bool isAnchor, PathCertificate child, int intermediatesBelow)
    {
        if (!IsSigned(child, issuer))
            return false;
        if (rules.CheckIssuer(issuer.Certificate, isAnchor, intermediatesBelow) is not { } refusal)
            return true;

        Record(refusal);
        return false;
    }

    private bool IsSigned(PathCertificate child, PathCertificate issuer)
    {
        bool isSigned = _signatures.IsSigned(child, issuer, out Refusal? refusal);
        if (refusal is not null)
            Record(refusal);
        return isSigned;
    }

    // That the search was given up says more than what was found before; any fault more than a signature that isn't a candidate's.
    private void Record(Refusal refusal)
    {
        if (_refusal is null || refusal.Reason == FailureReason.PathSearchExhausted
            || (_refusal.Reason == FailureReason.BadSignature && refusal.Reason != FailureReason.BadSignature))
        {
            _refusal = refusal;
        }
    }

    // Key identifiers that agree come first, those that differ last (RFC 4158, 3.5.12); among equals the valid before the expired.
    private int Rank(PathCertificate issuer, PathCertificate child)
    {
        ClientCertificate above = issuer.Certificate;
        ClientCertificate below = child.Certificate;
        ReadOnlySpan<byte> wanted = below.Fields.Extensions.AuthorityKeyIdentifier.In(below.Der.Span);
        ReadOnlySpan<byte> own = above.Fields.Extensions.SubjectKeyIdentifier.In(above.Der.Span);
        int identifiers = wanted.IsEmpty || own.IsEmpty ? 1 : wanted.SequenceEqual(own) ? 2 : 0;
        return (identifiers * 2) + (rules.IsValidNow(above) ? 1 : 0);
    }
}

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
internal sealed class PathSearch(
    IssuerIndex anchors, IReadOnlyList<PathCertificate> sent, CertificateRules rules, RevocationChecker revocation, int maxIntermediates)
{
    /// <summary>Most intermediates in one path, self-issued ones included.</summary>
    internal const int MaxIntermediates = 10;

    /// <summary>Most steps upward: only a CA that signs many certificates for its own kind could need more.</summary>
    internal const int MaxSteps = 1000;

    /// <summary>Most comparisons of names with subtrees for one leaf.</summary>
    internal const int MaxNameComparisons = 250_000;

    private const int MaxRank = 5;

    private readonly SignatureChecks _signatures = new(rules);
    private readonly List<PathCertificate> _trusted = [];

    // The leaf, then the intermediates above it.
    private readonly List<PathCertificate> _path = [];
    private int _steps;
    private int _nameComparisons = MaxNameComparisons;
    private Refusal? _refusal;

    /// <summary>How many signatures were checked.</summary>
    internal int SignatureCount => _signatures.Count;

    /// <summary>How many intermediates were stepped on.</summary>
    internal int StepCount => _steps;

    /// <summary>How many comparisons of names with subtrees were made.</summary>
    internal int NameComparisonCount => MaxNameComparisons - _nameComparisons;

    /// <summary>The first path that is good, or why there is none.</summary>
    internal bool TryFind(ClientCertificate leaf, [NotNullWhen(true)] out VerifiedPath? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        path = null;
        refusal = rules.CheckLeaf(leaf);
        if (refusal is not null)
            return false;

        // A certificate of the bundle vouches for itself: all checks of a leaf but its signature.
        path = anchors.Contains(leaf) ? new(leaf, [], new(leaf.NotBefore, leaf.NotAfter)) : Find(new PathCertificate(leaf));
        refusal = path is not null ? null : _refusal ?? new(
            FailureReason.UntrustedIssuer,
            () => new("an issuer in the trust bundle", $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.Describe(leaf.IssuerDer.Span)}"));
        return path is not null;
    }

    // A path of what is trusted so far; while there is none, one intermediate more is trusted.
    private VerifiedPath? Find(PathCertificate leaf)
    {
        _path.Add(leaf);
        VerifiedPath? path = FindAbove(leaf, intermediatesBelow: 0);
        if (path is not null || sent.Count == 0)
            return path;

        List<PathCertificate> ancestors = FindAncestors(leaf);
        while (path is null && TrustOneMore(ancestors))
            path = FindAbove(leaf, intermediatesBelow: 0);
        return path;
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

    private VerifiedPath? FindAbove(PathCertificate child, int intermediatesBelow)
    {
        ReadOnlySpan<PathCertificate> named = anchors.FindIssuers(child);
        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (PathCertificate anchor in named)
            {
                if (Rank(anchor, child) == rank && Issued(anchor, CertificateRole.Anchor, child, intermediatesBelow)
                    && Complete(anchor) is { } path)
                {
                    return path;
                }
            }
        }

        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (PathCertificate issuer in _trusted)
            {
                if (child.NamesAsIssuer(issuer) && Rank(issuer, child) == rank && !_path.Exists(issuer.IsSameAuthority)
                    && Issued(issuer, CertificateRole.Intermediate, child, intermediatesBelow)
                    && FindAboveIntermediate(issuer, intermediatesBelow) is { } path)
                {
                    return path;
                }
            }
        }

        return null;
    }

    private VerifiedPath? FindAboveIntermediate(PathCertificate intermediate, int intermediatesBelow)
    {
        int intermediates = intermediatesBelow + (intermediate.IsSelfIssued ? 0 : 1);
        if (_path.Count > MaxIntermediates || intermediates > maxIntermediates)
        {
            Record(new(FailureReason.PathTooLong, () => new($"at most {maxIntermediates} intermediates", "more")));
            return null;
        }

        if (++_steps > MaxSteps)
        {
            Record(new(FailureReason.PathSearchExhausted, () => new($"a path within {MaxSteps} steps", "more")));
            return null;
        }

        _path.Add(intermediate);
        VerifiedPath? path = FindAbove(intermediate, intermediates);
        _path.RemoveAt(_path.Count - 1);
        return path;
    }

    // From the leaf up: each certificate below the anchor, with the issuer above it.
    private VerifiedPath? Complete(PathCertificate anchor)
    {
        ValidityWindow window = new(anchor.Certificate.NotBefore, anchor.Certificate.NotAfter);
        for (int i = 0; i < _path.Count; i++)
        {
            ClientCertificate certificate = _path[i].Certificate;
            window = window.Narrow(certificate.NotBefore, certificate.NotAfter);
            if (revocation.Check(certificate, i + 1 < _path.Count ? _path[i + 1] : anchor, ref window) is { } refusal)
            {
                Record(refusal);
                return null;
            }
        }

        return new(anchor.Certificate, [.. _path[1..]], window);
    }

    // The signature first: the faults of a CA that didn't sign the certificate are nobody's reason.
    private bool Issued(PathCertificate issuer, CertificateRole role, PathCertificate child, int intermediatesBelow)
    {
        if (!IsSigned(child, issuer))
            return false;

        Refusal? refusal = rules.CheckIssuer(issuer.Certificate, role, intermediatesBelow) ?? CheckNameConstraints(issuer);
        if (refusal is not null)
            Record(refusal);
        return refusal is null;
    }

    // RFC 5280, 6.1.3 (b), (c): the leaf, and the intermediates below that aren't self-issued.
    private Refusal? CheckNameConstraints(PathCertificate issuer)
    {
        if (!issuer.Certificate.Fields.Extensions.Present.HasFlag(ExtensionKinds.NameConstraints))
            return null;
        if (issuer.NameConstraints is not { } constraints)
        {
            return new(FailureReason.CertificateMalformed, () => new(
                "well-formed name constraints", $"others in {CertificateRules.Describe(issuer.Certificate)}"));
        }

        for (int i = 0; i < _path.Count; i++)
        {
            ClientCertificate certificate = _path[i].Certificate;
            if ((i == 0 || !_path[i].IsSelfIssued) && !constraints.Allow(certificate, ref _nameComparisons))
            {
                return new(FailureReason.NameConstraintViolated, () => new(
                    $"names within the constraints of {CertificateRules.Describe(issuer.Certificate)}", CertificateRules.Describe(certificate)));
            }
        }

        return null;
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

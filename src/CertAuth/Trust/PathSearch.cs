using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Searches for a path from a leaf to a certificate of the bundle, within bounds (RFC 4158; RFC 5280, 6.1).</summary>
/// <remarks>Every certificate with the name of an issuer is tried: after a rotation, two CAs have the same name, and only the signature
/// shows which of them issued a leaf of version 1. One instance performs one search; not safe for concurrent use.</remarks>
internal sealed class PathSearch
{
    private readonly IssuerIndex _anchors;
    private readonly CertificateRules _rules;
    private readonly RevocationChecker _revocation;
    private readonly int _maxIntermediates;
    private readonly SearchRejection _rejection = new();
    private readonly BoundedSignatureVerifier _signatures;
    private readonly SentIntermediates _intermediates;

    // The leaf, then the intermediates above it.
    private readonly List<PathCertificate> _path = [];
    private readonly Budget _steps = new(TrustBounds.MaxSteps);
    private readonly Budget _nameComparisons = new(TrustBounds.MaxNameComparisons);

    internal PathSearch(
        IssuerIndex anchors,
        IReadOnlyList<PathCertificate> peerCertificates,
        CertificateRules rules,
        RevocationChecker revocation,
        int maxIntermediates)
    {
        (_anchors, _rules, _revocation, _maxIntermediates) = (anchors, rules, revocation, maxIntermediates);
        _signatures = new(rules, _rejection);
        _intermediates = new(peerCertificates, anchors, _signatures, rules);
    }

    /// <summary>Gets the number of signatures that were checked.</summary>
    internal int SignatureCheckCount => _signatures.Count;

    /// <summary>Gets the number of steps to intermediates.</summary>
    internal int StepCount => _steps.Spent;

    /// <summary>Gets the number of comparisons of names with subtrees.</summary>
    internal int NameComparisonCount => _nameComparisons.Spent;

    /// <summary>Finds the first acceptable path, or the reason why there is none.</summary>
    internal bool TryFind(ParsedCertificate leaf, [NotNullWhen(true)] out VerifiedPath? path, [NotNullWhen(false)] out Rejection? rejection)
    {
        path = null;
        rejection = _rules.CheckLeaf(leaf);
        if (rejection is not null)
            return false;

        // A leaf that is in the bundle (a pinned leaf) is trusted directly. All checks of a leaf apply to it, except the signature check.
        path = _anchors.Contains(leaf) ? new(leaf, [], leaf.Validity) : FindPath(new PathCertificate(leaf));
        rejection = path is not null ? null : _rejection.Value ?? new(
            RejectionReason.UntrustedIssuer,
            () => new(
                "an issuer in the trust bundle",
                $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.Describe(leaf.IssuerDer.Span)}"));
        return path is not null;
    }

    // Searches with the intermediates that are trusted so far. As long as no path is found, trusts one more intermediate and searches
    // again.
    private VerifiedPath? FindPath(PathCertificate leaf)
    {
        _path.Add(leaf);
        VerifiedPath? path = FindPathAbove(leaf, intermediatesBelow: 0);
        while (path is null && !_signatures.IsExhausted && _intermediates.TryTrustNext(leaf))
            path = FindPathAbove(leaf, intermediatesBelow: 0);
        return path;
    }

    private VerifiedPath? FindPathAbove(PathCertificate child, int intermediatesBelow)
    {
        ReadOnlySpan<PathCertificate> anchors = _anchors.FindPossibleIssuers(child);
        if ((anchors.IsEmpty && !_intermediates.HasPossibleIssuer(child)) || !_signatures.AcceptsScheme(child))
            return null;

        for (int rank = IssuerRank.Max; rank >= 0 && !_signatures.IsExhausted; rank--)
        {
            foreach (PathCertificate anchor in anchors)
            {
                if (IssuerRank.Get(anchor, child, _rules) == rank
                    && IsValidIssuer(anchor, CertificateRole.Anchor, child, intermediatesBelow)
                    && CompletePath(anchor) is { } path)
                {
                    return path;
                }
            }
        }

        for (int rank = IssuerRank.Max; rank >= 0 && !_signatures.IsExhausted; rank--)
        {
            foreach (PathCertificate issuer in _intermediates.Trusted)
            {
                if (child.IssuerNameMatches(issuer) && IssuerRank.Get(issuer, child, _rules) == rank
                    && !_path.Exists(issuer.IsSameAuthority)
                    && IsValidIssuer(issuer, CertificateRole.Intermediate, child, intermediatesBelow)
                    && FindPathAboveIntermediate(issuer, intermediatesBelow) is { } path)
                {
                    return path;
                }
            }
        }

        return null;
    }

    private VerifiedPath? FindPathAboveIntermediate(PathCertificate intermediate, int intermediatesBelow)
    {
        int intermediates = intermediatesBelow + (intermediate.IsSelfIssued ? 0 : 1);
        if (_path.Count > TrustBounds.MaxIntermediates || intermediates > _maxIntermediates)
        {
            _rejection.Record(
                new(RejectionReason.PathTooLong, () => new($"at most {_maxIntermediates} intermediates", "more intermediates")),
                RejectionWeight.Rule);
            return null;
        }

        if (_steps.IsExhausted)
        {
            _signatures.Exhaust($"a path within {TrustBounds.MaxSteps} steps");
            return null;
        }

        _steps.Spend(1);
        _path.Add(intermediate);
        VerifiedPath? path = FindPathAbove(intermediate, intermediates);
        _path.RemoveAt(_path.Count - 1);
        return path;
    }

    // Checks each certificate below the anchor, from the leaf upward, against the revocation lists of its issuer.
    private VerifiedPath? CompletePath(PathCertificate anchor)
    {
        ValidityPeriod validity = anchor.Certificate.Validity;
        for (int i = 0; i < _path.Count; i++)
        {
            ParsedCertificate certificate = _path[i].Certificate;
            PathCertificate issuer = i + 1 < _path.Count ? _path[i + 1] : anchor;
            if (_revocation.Check(certificate, issuer, out ValidityPeriod unrevoked) is { } rejection)
            {
                _rejection.Record(rejection, RejectionWeight.Rule);
                return null;
            }

            validity = validity.Intersect(certificate.Validity).Intersect(unrevoked);
        }

        return new(anchor.Certificate, [.. _path[1..]], validity);
    }

    // The signature is checked first: the rules that a CA breaks do not matter if it did not sign the certificate.
    private bool IsValidIssuer(PathCertificate issuer, CertificateRole role, PathCertificate child, int intermediatesBelow)
    {
        if (!_signatures.IsSignedBy(child, issuer))
            return false;

        Rejection? rejection = _rules.CheckIssuer(issuer.Certificate, role, intermediatesBelow) ?? CheckNameConstraints(issuer);
        if (rejection is not null)
            _rejection.Record(rejection, RejectionWeight.Rule);
        return rejection is null;
    }

    // RFC 5280, 6.1.3 (b), (c): the constraints apply to the leaf, and to the intermediates below the issuer that are not self-issued.
    private Rejection? CheckNameConstraints(PathCertificate issuer)
    {
        if (!issuer.Certificate.Fields.Extensions.Present.HasFlag(ExtensionKinds.NameConstraints))
            return null;
        if (issuer.NameConstraints is not { } constraints)
        {
            return new(RejectionReason.CertificateMalformed, () => new(
                "well-formed name constraints", $"{CertificateRules.Describe(issuer.Certificate)} with malformed ones"));
        }

        for (int i = 0; i < _path.Count; i++)
        {
            ParsedCertificate certificate = _path[i].Certificate;
            if ((i == 0 || !_path[i].IsSelfIssued) && !constraints.Allows(certificate, _nameComparisons))
            {
                return new(RejectionReason.NameConstraintViolated, () => new(
                    $"names within the constraints of {CertificateRules.Describe(issuer.Certificate)}",
                    CertificateRules.Describe(certificate)));
            }
        }

        return null;
    }
}

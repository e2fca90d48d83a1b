using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Searches a path from a leaf to a certificate of the bundle, within bounds (RFC 4158; RFC 5280, 6.1).</summary>
/// <remarks>Every candidate of an issuer's name is tried: after a rotation two CAs have one name, and only the signature tells which one
/// issued a version 1 leaf. One object serves one search.</remarks>
internal sealed class PathSearch
{
    /// <summary>Most intermediates in one path, self-issued ones included.</summary>
    internal const int MaxIntermediates = 10;

    /// <summary>Most steps upward: only a CA that signs many certificates for its own kind could need more.</summary>
    internal const int MaxSteps = 1000;

    /// <summary>Most comparisons of names with subtrees for one leaf.</summary>
    internal const int MaxNameComparisons = 250_000;

    private readonly IssuerIndex _anchors;
    private readonly CertificateRules _rules;
    private readonly RevocationChecker _revocation;
    private readonly int _maxIntermediates;
    private readonly SearchFault _fault = new();
    private readonly BoundedSignatureVerifier _signatures;
    private readonly SentIntermediates _intermediates;

    // The leaf, then the intermediates above it.
    private readonly List<PathCertificate> _path = [];
    private int _steps;
    private int _nameComparisons = MaxNameComparisons;

    internal PathSearch(
        IssuerIndex anchors,
        IReadOnlyList<PathCertificate> peerCertificates,
        CertificateRules rules,
        RevocationChecker revocation,
        int maxIntermediates)
    {
        (_anchors, _rules, _revocation, _maxIntermediates) = (anchors, rules, revocation, maxIntermediates);
        _signatures = new(rules, _fault);
        _intermediates = new(peerCertificates, anchors, _signatures, rules);
    }

    /// <summary>How many signatures were checked.</summary>
    internal int SignatureCheckCount => _signatures.Count;

    /// <summary>How many intermediates were stepped on.</summary>
    internal int StepCount => _steps;

    /// <summary>How many comparisons of names with subtrees were made.</summary>
    internal int NameComparisonCount => MaxNameComparisons - _nameComparisons;

    /// <summary>The first path that is good, or why there is none.</summary>
    internal bool TryFind(ParsedCertificate leaf, [NotNullWhen(true)] out VerifiedPath? path, [NotNullWhen(false)] out Rejection? rejection)
    {
        path = null;
        rejection = _rules.CheckLeaf(leaf);
        if (rejection is not null)
            return false;

        // A certificate of the bundle vouches for itself: all checks of a leaf but its signature.
        path = _anchors.Contains(leaf) ? new(leaf, [], new(leaf.NotBefore, leaf.NotAfter)) : FindPath(new PathCertificate(leaf));
        rejection = path is not null ? null : _fault.Rejection ?? new(
            RejectionReason.UntrustedIssuer,
            () => new("an issuer in the trust bundle", $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.Describe(leaf.IssuerDer.Span)}"));
        return path is not null;
    }

    // A path of what is trusted so far; while there is none, one intermediate more is trusted.
    private VerifiedPath? FindPath(PathCertificate leaf)
    {
        _path.Add(leaf);
        VerifiedPath? path = FindPathAbove(leaf, intermediatesBelow: 0);
        while (path is null && !_signatures.IsExhausted && _intermediates.TrustOneMore(leaf))
            path = FindPathAbove(leaf, intermediatesBelow: 0);
        return path;
    }

    private VerifiedPath? FindPathAbove(PathCertificate child, int intermediatesBelow)
    {
        ReadOnlySpan<PathCertificate> named = _anchors.FindIssuers(child);
        if ((named.IsEmpty && !_intermediates.IsIssuedByTrusted(child)) || !_signatures.AcceptsScheme(child))
            return null;

        for (int rank = IssuerRank.Max; rank >= 0 && !_signatures.IsExhausted; rank--)
        {
            foreach (PathCertificate anchor in named)
            {
                if (IssuerRank.Of(anchor, child, _rules) == rank && IsValidIssuer(anchor, CertificateRole.Anchor, child, intermediatesBelow)
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
                if (child.IssuerNameMatches(issuer) && IssuerRank.Of(issuer, child, _rules) == rank && !_path.Exists(issuer.IsSameAuthority)
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
        if (_path.Count > MaxIntermediates || intermediates > _maxIntermediates)
        {
            _fault.Record(
                new(RejectionReason.PathTooLong, () => new($"at most {_maxIntermediates} intermediates", "more")), FaultWeight.Rule);
            return null;
        }

        if (++_steps > MaxSteps)
        {
            _signatures.Exhaust($"a path within {MaxSteps} steps");
            return null;
        }

        _path.Add(intermediate);
        VerifiedPath? path = FindPathAbove(intermediate, intermediates);
        _path.RemoveAt(_path.Count - 1);
        return path;
    }

    // From the leaf up: each certificate below the anchor, with the issuer above it.
    private VerifiedPath? CompletePath(PathCertificate anchor)
    {
        ValidityWindow window = new(anchor.Certificate.NotBefore, anchor.Certificate.NotAfter);
        for (int i = 0; i < _path.Count; i++)
        {
            ParsedCertificate certificate = _path[i].Certificate;
            window = window.Narrow(certificate.NotBefore, certificate.NotAfter);
            if (_revocation.Check(certificate, i + 1 < _path.Count ? _path[i + 1] : anchor, ref window) is { } rejection)
            {
                _fault.Record(rejection, FaultWeight.Rule);
                return null;
            }
        }

        return new(anchor.Certificate, [.. _path[1..]], window);
    }

    // The signature first: the faults of a CA that didn't sign the certificate are nobody's reason.
    private bool IsValidIssuer(PathCertificate issuer, CertificateRole role, PathCertificate child, int intermediatesBelow)
    {
        if (!_signatures.IsSigned(child, issuer))
            return false;

        Rejection? rejection = _rules.CheckIssuer(issuer.Certificate, role, intermediatesBelow) ?? CheckNameConstraints(issuer);
        if (rejection is not null)
            _fault.Record(rejection, FaultWeight.Rule);
        return rejection is null;
    }

    // RFC 5280, 6.1.3 (b), (c): the leaf, and the intermediates below that aren't self-issued.
    private Rejection? CheckNameConstraints(PathCertificate issuer)
    {
        if (!issuer.Certificate.Fields.Extensions.Present.HasFlag(ExtensionKinds.NameConstraints))
            return null;
        if (issuer.NameConstraints is not { } constraints)
        {
            return new(RejectionReason.CertificateMalformed, () => new(
                "well-formed name constraints", $"others in {CertificateRules.Describe(issuer.Certificate)}"));
        }

        for (int i = 0; i < _path.Count; i++)
        {
            ParsedCertificate certificate = _path[i].Certificate;
            if ((i == 0 || !_path[i].IsSelfIssued) && !constraints.Allows(certificate, ref _nameComparisons))
            {
                return new(RejectionReason.NameConstraintViolated, () => new(
                    $"names within the constraints of {CertificateRules.Describe(issuer.Certificate)}", CertificateRules.Describe(certificate)));
            }
        }

        return null;
    }
}

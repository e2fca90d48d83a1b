using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Searches a path from a leaf to a certificate of the bundle, depth first, with bounds (RFC 4158; RFC 5280, 6.1).</summary>
/// <remarks>Every candidate of the issuer's name is tried: after a rotation two CAs have one name, and only the signature tells which one issued a
/// version 1 leaf. One object serves one search.</remarks>
internal sealed class PathSearch(
    IssuerIndex anchors, IReadOnlyList<IssuerCandidate> intermediates, CertificateRules rules, RevocationChecker revocation, int maxIntermediates)
{
    /// <summary>Most intermediates in one path, self-issued ones included.</summary>
    internal const int MaxIntermediates = 10;

    /// <summary>Most signatures that are verified for one leaf.</summary>
    internal const int MaxSignatureChecks = 100;

    /// <summary>Most comparisons of names with subtrees for one leaf.</summary>
    internal const int MaxNameComparisons = 250_000;

    private const int MaxRank = 5;

    private readonly List<IssuerCandidate> _path = [];
    private int _signatureChecks;
    private int _nameComparisons = MaxNameComparisons;
    private Refusal? _refusal;

    /// <summary>The first path that is good, or why there is none.</summary>
    internal bool TryFind(ClientCertificate leaf, [NotNullWhen(true)] out VerifiedPath? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        path = null;
        refusal = rules.CheckLeaf(leaf);
        if (refusal is not null)
            return false;

        // A certificate of the bundle vouches for itself: all checks of a leaf but its signature.
        path = anchors.Contains(leaf)
            ? new(leaf, [], new(leaf.NotBefore, leaf.NotAfter))
            : FindAbove(leaf, leaf, intermediatesBelow: 0);
        refusal = path is not null ? null : _refusal ?? new(
            FailureReason.UntrustedIssuer,
            () => new("an issuer in the trust bundle", $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.DescribeIssuer(leaf)}"));
        return path is not null;
    }

    private VerifiedPath? FindAbove(ClientCertificate child, ClientCertificate leaf, int intermediatesBelow)
    {
        SignatureScheme scheme = SignatureScheme.Read(child.Fields.SignatureAlgorithm.In(child.Der.Span));
        if (rules.CheckSignatureScheme(child, scheme) is { } refusal)
        {
            Record(refusal);
            return null;
        }

        ReadOnlySpan<IssuerCandidate> named = anchors.Find(child.IssuerDer.Span);
        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (IssuerCandidate candidate in named)
            {
                if (Rank(candidate, child) == rank && Issued(candidate, CertificateRole.Anchor, child, leaf, scheme, intermediatesBelow)
                    && Complete(candidate, leaf) is { } path)
                {
                    return path;
                }
            }
        }

        IssuerCandidate[] sent = FindIntermediates(child.IssuerDer.Span);
        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (IssuerCandidate candidate in sent)
            {
                if (Rank(candidate, child) == rank && !IsOnPath(candidate)
                    && Issued(candidate, CertificateRole.Intermediate, child, leaf, scheme, intermediatesBelow)
                    && FindAboveIntermediate(candidate, leaf, intermediatesBelow) is { } path)
                {
                    return path;
                }
            }
        }

        return null;
    }

    private VerifiedPath? FindAboveIntermediate(IssuerCandidate intermediate, ClientCertificate leaf, int intermediatesBelow)
    {
        int intermediates = intermediatesBelow + (intermediate.IsSelfIssued ? 0 : 1);
        if (_path.Count == MaxIntermediates || intermediates > maxIntermediates)
        {
            Record(new(FailureReason.PathTooLong, () => new($"at most {maxIntermediates} intermediates", "more")));
            return null;
        }

        _path.Add(intermediate);
        VerifiedPath? path = FindAbove(intermediate.Certificate, leaf, intermediates);
        _path.RemoveAt(_path.Count - 1);
        return path;
    }

    // From the leaf up: each certificate below the anchor, with the issuer above it.
    private VerifiedPath? Complete(IssuerCandidate anchor, ClientCertificate leaf)
    {
        ValidityWindow window = new(leaf.NotBefore, leaf.NotAfter);
        ClientCertificate child = leaf;
        foreach (IssuerCandidate issuer in _path.Append(anchor))
        {
            if (revocation.Check(child, issuer, ref window) is { } refusal)
            {
                Record(refusal);
                return null;
            }

            child = issuer.Certificate;
            window = window.Narrow(child.NotBefore, child.NotAfter);
        }

        return new(anchor.Certificate, [.. _path], window);
    }

    private bool Issued(
        IssuerCandidate candidate, CertificateRole role, ClientCertificate child, ClientCertificate leaf, SignatureScheme scheme, int intermediatesBelow)
    {
        if (_signatureChecks == MaxSignatureChecks)
        {
            _refusal = new(FailureReason.PathSearchExhausted, () => new($"a path within {MaxSignatureChecks} signatures", "more candidates"));
            return false;
        }

        if (rules.CheckIssuer(candidate.Certificate, role, intermediatesBelow) is { } refusal)
        {
            Record(refusal);
            return false;
        }

        _signatureChecks++;
        if (candidate.Key is not { } key || !key.Verifies(child, scheme))
        {
            Record(new(FailureReason.BadSignature, () => new(
                $"a signature by {CertificateRules.Describe(candidate.Certificate)}", $"another on {CertificateRules.Describe(child)}")));
            return false;
        }

        if (CheckNameConstraints(candidate, leaf) is { } violation)
        {
            Record(violation);
            return false;
        }

        return true;
    }

    // RFC 5280, 6.1.3 (b), (c): the leaf, and the intermediates below that aren't self-issued.
    private Refusal? CheckNameConstraints(IssuerCandidate issuer, ClientCertificate leaf)
    {
        if (issuer.Certificate.Fields.Extensions.NameConstraints.IsEmpty)
            return null;
        if (issuer.NameConstraints is not { } constraints)
        {
            return new(FailureReason.CertificateMalformed, () => new(
                "well-formed name constraints", $"others in {CertificateRules.Describe(issuer.Certificate)}"));
        }

        IEnumerable<ClientCertificate> below = _path.Where(c => !c.IsSelfIssued).Select(c => c.Certificate).Prepend(leaf);
        foreach (ClientCertificate certificate in below)
        {
            if (!constraints.Allow(certificate, ref _nameComparisons))
            {
                return new(FailureReason.NameConstraintViolated, () => new(
                    $"names within the constraints of {CertificateRules.Describe(issuer.Certificate)}", CertificateRules.Describe(certificate)));
            }
        }

        return null;
    }

    // A fact about a candidate says more than a signature that isn't its own, which says more than no candidate at all.
    private void Record(Refusal refusal)
    {
        if (_refusal is null || (_refusal.Reason == FailureReason.BadSignature && refusal.Reason != FailureReason.BadSignature))
            _refusal = refusal;
    }

    // Key identifiers that agree come first, those that differ last (RFC 4158, 3.5.12); among equals the valid before the expired.
    private int Rank(IssuerCandidate candidate, ClientCertificate child)
    {
        ReadOnlySpan<byte> wanted = child.Fields.Extensions.AuthorityKeyIdentifier.In(child.Der.Span);
        ReadOnlySpan<byte> own = candidate.Certificate.Fields.Extensions.SubjectKeyIdentifier.In(candidate.Certificate.Der.Span);
        int identifiers = wanted.IsEmpty || own.IsEmpty ? 1 : wanted.SequenceEqual(own) ? 2 : 0;
        return (identifiers * 2) + (rules.IsValidNow(candidate.Certificate) ? 1 : 0);
    }

    private IssuerCandidate[] FindIntermediates(ReadOnlySpan<byte> encodedName)
    {
        if (intermediates.Count == 0 || FoldedName.Fold(encodedName) is not { } folded)
            return [];
        return [.. intermediates.Where(c => c.FoldedSubject is { } subject && subject.AsSpan().SequenceEqual(folded))];
    }

    // RFC 4158, 2.4.2: no certificate twice, nor one of the same name and key.
    private bool IsOnPath(IssuerCandidate candidate)
    {
        foreach (IssuerCandidate other in _path)
        {
            if (HaveSameNameAndKey(other.Certificate, candidate.Certificate))
                return true;
        }

        return false;
    }

    private static bool HaveSameNameAndKey(ClientCertificate one, ClientCertificate other) =>
        one.SubjectDer.Span.SequenceEqual(other.SubjectDer.Span)
        && one.Fields.PublicKey.In(one.Der.Span).SequenceEqual(other.Fields.PublicKey.In(other.Der.Span));
}

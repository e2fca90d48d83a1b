using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Searches a path from a leaf to a certificate of the bundle, depth first, with bounds (RFC 4158; RFC 5280, 6.1).</summary>
/// <remarks>Every candidate of the issuer's name is tried: after a rotation two CAs have one name, and only the signature tells which one issued a
/// version 1 leaf. One object serves one search.</remarks>
internal sealed class PathSearch(IssuerIndex anchors, IReadOnlyList<IssuerCandidate> intermediates, CertificateRules rules)
{
    /// <summary>Most intermediates in one path.</summary>
    internal const int MaxIntermediates = 10;

    /// <summary>Most signatures that are verified for one leaf.</summary>
    internal const int MaxSignatureChecks = 100;

    private const int MaxRank = 5;

    private readonly List<IssuerCandidate> _path = [];
    private int _signatureChecks;
    private Refusal? _refusal;

    /// <summary>The anchor of the first path that is good, or why there is none.</summary>
    internal bool TryFind(ClientCertificate leaf, [NotNullWhen(true)] out ClientCertificate? anchor, [NotNullWhen(false)] out Refusal? refusal)
    {
        anchor = null;
        refusal = rules.CheckLeaf(leaf);
        if (refusal is not null)
            return false;

        // A certificate of the bundle vouches for itself: all checks of a leaf but its signature.
        anchor = anchors.Contains(leaf) ? leaf : FindAbove(leaf, intermediatesBelow: 0);
        refusal = anchor is not null ? null : _refusal ?? new(
            FailureReason.UntrustedIssuer,
            () => new("an issuer in the trust bundle", $"{CertificateRules.Describe(leaf)}, issued by {CertificateRules.Describe(leaf.IssuerDer.Span)}"));
        return anchor is not null;
    }

    private ClientCertificate? FindAbove(ClientCertificate child, int intermediatesBelow)
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
                if (Rank(candidate, child) == rank && Issued(candidate, isAnchor: true, child, scheme, intermediatesBelow))
                    return candidate.Certificate;
            }
        }

        IssuerCandidate[] sent = FindIntermediates(child.IssuerDer.Span);
        for (int rank = MaxRank; rank >= 0; rank--)
        {
            foreach (IssuerCandidate candidate in sent)
            {
                if (Rank(candidate, child) == rank && !IsOnPath(candidate)
                    && Issued(candidate, isAnchor: false, child, scheme, intermediatesBelow)
                    && FindAboveIntermediate(candidate, intermediatesBelow) is { } anchor)
                {
                    return anchor;
                }
            }
        }

        return null;
    }

    private ClientCertificate? FindAboveIntermediate(IssuerCandidate intermediate, int intermediatesBelow)
    {
        if (_path.Count == MaxIntermediates)
        {
            Record(new(FailureReason.PathTooLong, () => new($"at most {MaxIntermediates} intermediates", "more")));
            return null;
        }

        _path.Add(intermediate);
        ClientCertificate? anchor = FindAbove(intermediate.Certificate, intermediatesBelow + (intermediate.IsSelfIssued ? 0 : 1));
        _path.RemoveAt(_path.Count - 1);
        return anchor;
    }

    private bool Issued(IssuerCandidate candidate, bool isAnchor, ClientCertificate child, SignatureScheme scheme, int intermediatesBelow)
    {
        if (_signatureChecks == MaxSignatureChecks)
        {
            _refusal = new(FailureReason.PathSearchExhausted, () => new($"a path within {MaxSignatureChecks} signatures", "more candidates"));
            return false;
        }

        if (rules.CheckIssuer(candidate.Certificate, isAnchor, intermediatesBelow) is { } refusal)
        {
            Record(refusal);
            return false;
        }

        _signatureChecks++;
        if (candidate.Key is { } key && key.Verifies(child, scheme))
            return true;

        Record(new(FailureReason.BadSignature, () => new(
            $"a signature by {CertificateRules.Describe(candidate.Certificate)}", $"another on {CertificateRules.Describe(child)}")));
        return false;
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

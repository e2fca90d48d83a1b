namespace CertAuth.Trust;

/// <summary>The signatures that are verified in one search: each at most once, and no more than the bound.</summary>
internal sealed class SignatureChecks(CertificateRules rules)
{
    /// <summary>Most signatures that are verified for one leaf.</summary>
    internal const int MaxChecks = 100;

    private readonly Dictionary<(PathCertificate Issuer, PathCertificate Child), bool> _known = [];

    /// <summary>How many signatures were checked.</summary>
    internal int Count => _known.Count;

    internal bool IsExhausted => Count >= MaxChecks;

    /// <summary>Whether a trusted issuer signed a certificate; <paramref name="refusal"/> says why not.</summary>
    internal bool IsSigned(PathCertificate child, PathCertificate issuer, out Refusal? refusal)
    {
        SignatureScheme scheme = SignatureScheme.Read(child.Certificate.Fields.SignatureAlgorithm.In(child.Certificate.Der.Span));
        refusal = rules.CheckSignatureScheme(child.Certificate, scheme);
        if (refusal is not null)
            return false;

        if (!_known.TryGetValue((issuer, child), out bool isSigned))
        {
            if (IsExhausted)
            {
                refusal = new(FailureReason.PathSearchExhausted, () => new($"a path within {MaxChecks} signatures", "more candidates"));
                return false;
            }

            isSigned = issuer.Key?.Verifies(child.Certificate, scheme) == true;
            _known.Add((issuer, child), isSigned);
        }

        if (!isSigned)
        {
            refusal = new(FailureReason.BadSignature, () => new(
                $"a signature by {CertificateRules.Describe(issuer.Certificate)}", $"another on {CertificateRules.Describe(child.Certificate)}"));
        }

        return isSigned;
    }
}

using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The signatures that are verified in one search: each at most once, and no more than the bound.</summary>
internal sealed class BoundedSignatureVerifier(CertificateRules rules, SearchFault fault)
{
    /// <summary>The maximum number of signature checks for one leaf.</summary>
    // CVE-2018-16875: without a bound, a peer buys seconds of CPU time with one chain. 100 as in Go's crypto/x509 and rustls-webpki: a leaf
    // without key identifiers still finds its issuer among 100 CAs of one name.
    internal const int MaxChecks = 100;

    private readonly Dictionary<(PathCertificate Issuer, PathCertificate Child), bool> _known = [];

    /// <summary>How many signatures were checked.</summary>
    internal int Count => _known.Count;

    /// <summary>Whether a bound ended the search: nothing further is checked.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Whether the way in which a certificate is signed is accepted; the same for all of its possible issuers.</summary>
    internal bool AcceptsScheme(PathCertificate child)
    {
        Rejection? rejection = rules.CheckSignatureScheme(child.Certificate);
        if (rejection is not null)
            fault.Record(rejection, FaultWeight.Rule);
        return rejection is null;
    }

    /// <summary>Whether it was checked that an issuer signed a certificate.</summary>
    internal bool IsKnown(PathCertificate child, PathCertificate issuer) => _known.ContainsKey((issuer, child));

    /// <summary>Whether a trusted issuer signed a certificate whose signature scheme is accepted.</summary>
    internal bool IsSigned(PathCertificate child, PathCertificate issuer)
    {
        if (_known.TryGetValue((issuer, child), out bool isSigned) || IsExhausted)
            return isSigned;
        if (Count >= MaxChecks)
            return Exhaust($"a path within {MaxChecks} signature checks");

        isSigned = issuer.Key?.Judge(child.Certificate) == true;
        _known.Add((issuer, child), isSigned);
        if (!isSigned)
            RecordUnsigned(child.Certificate, issuer);
        return isSigned;
    }

    /// <summary>Ends the search at a bound.</summary>
    internal bool Exhaust(string required)
    {
        IsExhausted = true;
        fault.Record(new(RejectionReason.PathSearchExhausted, () => new(required, "more candidates")), FaultWeight.Exhausted);
        return false;
    }

    private void RecordUnsigned(ParsedCertificate child, PathCertificate issuer)
    {
        // Nothing is verified with a key that is not accepted: the key is the fault, if it can have made such a signature at all.
        bool isOpen = issuer.Key is null && issuer.Certificate.PublicKey.Kind == SignatureScheme.Of(child).Key;
        if (isOpen && rules.CheckKey(issuer.Certificate) is { } rejection)
            fault.Record(rejection, FaultWeight.IssuerKey);
        else
            fault.Record(BadSignature(child, issuer.Certificate), FaultWeight.Signature);
    }

    private static Rejection BadSignature(ParsedCertificate child, ParsedCertificate issuer) => new(RejectionReason.CertificateBadSignature, () => new(
        $"a signature by {CertificateRules.Describe(issuer)}", $"another on {CertificateRules.Describe(child)}"));
}

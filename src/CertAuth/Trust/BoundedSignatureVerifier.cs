using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Verifies the signatures of one path search: each at most once, and at most <see cref="TrustBounds.MaxSignatureChecks"/> in
/// total.</summary>
internal sealed class BoundedSignatureVerifier(CertificateRules rules, SearchRejection searchRejection)
{
    private readonly Dictionary<(PathCertificate Issuer, PathCertificate Child), bool> _results = [];

    /// <summary>Gets the number of signatures that were checked.</summary>
    internal int Count => _results.Count;

    /// <summary>Gets a value that indicates whether a bound ended the search. If true, no further signature is checked.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Returns whether the signature scheme of a certificate is accepted. This does not depend on the issuer.</summary>
    internal bool AcceptsScheme(PathCertificate child)
    {
        Rejection? rejection = rules.CheckSignatureScheme(child.Certificate);
        if (rejection is not null)
            searchRejection.Record(rejection, RejectionWeight.Rule);
        return rejection is null;
    }

    /// <summary>Returns whether the signature of a certificate was already checked with the key of an issuer.</summary>
    internal bool IsChecked(PathCertificate child, PathCertificate issuer) => _results.ContainsKey((issuer, child));

    /// <summary>Returns whether a trusted issuer signed a certificate whose signature scheme is accepted (<see cref="AcceptsScheme"/>).
    /// Returns false if a bound prevents the check.</summary>
    internal bool IsSignedBy(PathCertificate child, PathCertificate issuer)
    {
        if (_results.TryGetValue((issuer, child), out bool isSigned) || IsExhausted)
            return isSigned;
        if (Count >= TrustBounds.MaxSignatureChecks)
            return Exhaust($"a path within {TrustBounds.MaxSignatureChecks} signature checks");

        isSigned = child.Certificate.IsSignedBy(issuer.Key) == true;
        _results.Add((issuer, child), isSigned);
        if (!isSigned)
            RecordUnsigned(child.Certificate, issuer);
        return isSigned;
    }

    /// <summary>Ends the search at a bound.</summary>
    /// <param name="required">A description of a path within the bound, for the rejection.</param>
    /// <returns>Always false: the result of the check that was not made.</returns>
    internal bool Exhaust(string required)
    {
        IsExhausted = true;
        searchRejection.Record(
            new(RejectionReason.PathSearchExhausted, () => new(required, "certificates that need more")), RejectionWeight.Exhausted);
        return false;
    }

    private void RecordUnsigned(ParsedCertificate child, PathCertificate issuer)
    {
        // No signature is verified with a key that is not accepted. If its kind fits the signature, the key is the reason.
        bool isUndecided = issuer.Key is null && issuer.Certificate.PublicKey.Kind == child.SignatureScheme?.Key;
        if (isUndecided && rules.CheckKey(issuer.Certificate) is { } rejection)
            searchRejection.Record(rejection, RejectionWeight.IssuerKey);
        else
            searchRejection.Record(CreateBadSignature(child, issuer.Certificate), RejectionWeight.Signature);
    }

    private static Rejection CreateBadSignature(ParsedCertificate child, ParsedCertificate issuer) => new(
        RejectionReason.CertificateBadSignature,
        () => new(
            $"a signature by {CertificateRules.Describe(issuer)}",
            $"{CertificateRules.Describe(child)}, whose signature does not verify"));
}

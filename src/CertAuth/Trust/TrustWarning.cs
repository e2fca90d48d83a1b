namespace CertAuth.Trust;

/// <summary>A warning about one anchor of a trust bundle.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TrustWarning
{
    internal TrustWarning(TrustWarningKind kind, TrustAnchor anchor) => (Kind, Anchor) = (kind, anchor);

    /// <summary>Gets the kind of the warning.</summary>
    public TrustWarningKind Kind { get; }

    /// <summary>Gets the anchor that the warning is about.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>Returns one line of sentences for a log. Control characters are escaped.</summary>
    public override string ToString()
    {
        string certificate = Kind == TrustWarningKind.NotACa ? "certificate" : "CA certificate";
        return $"The {certificate} {Anchor.EscapedSubject} ({Anchor.KeyAndExpiry}) {Predicate}";
    }

    private string Predicate => Kind switch
    {
        TrustWarningKind.SameSubject =>
            "has the same subject as another CA certificate, as during a rotation. Over TLS 1.3, an OpenSSL client that sends the other "
            + "CA cannot connect if its certificate has no authority key identifier. Issue client certificates with this extension.",
        TrustWarningKind.NoKeyIdentifier =>
            "has no subject key identifier. If several CA certificates have this subject, only a signature check shows which one is the "
            + "issuer.",
        TrustWarningKind.NotACa =>
            "is not a CA certificate. Certificates that it issued are rejected; only the certificate itself can be accepted.",
        TrustWarningKind.Expired => "has expired. Certificates that it issued are rejected.",
        TrustWarningKind.ExpiresSoon => "expires soon. Add its successor to the bundle.",
        TrustWarningKind.NotYetValid => "is not valid yet. Certificates that it issued are rejected.",
        TrustWarningKind.UnusableKey => "has a weak key, or a key with which signatures cannot be verified.",
        TrustWarningKind.UnusableAsIssuer =>
            "breaks a rule for issuers, for example with a key usage for other purposes. Every certificate that it issued is rejected.",
        TrustWarningKind.Version1Root =>
            "is a certificate of X.509 version 1, which cannot state that it is a CA. It may issue certificates because "
            + $"{nameof(TrustBundleOptions)}.{nameof(TrustBundleOptions.AllowVersion1Anchors)} is set.",
        TrustWarningKind.Revoked => "is revoked by a revocation list of the bundle. It is not trusted.",
        TrustWarningKind.AmbiguousIssuer =>
            "issued a certificate that was presented in a login and whose issuer name and key identifiers also match another CA "
            + "certificate. Over TLS 1.3, an OpenSSL client with such a certificate cannot connect if it sends the other CA.",
        _ => $"has a warning with the number {(int)Kind}.",
    };
}

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
            "has the same subject as another CA certificate, as during a rotation. A client certificate without an authority key "
            + "identifier, such as any of X.509 version 1, fails over TLS 1.3 if an OpenSSL client sends the other CA.",
        TrustWarningKind.NoKeyIdentifier =>
            "has no subject key identifier. Among CA certificates with this subject, every signature is checked.",
        TrustWarningKind.NotACa => "is not a CA certificate. It issues nothing and matches only itself.",
        TrustWarningKind.Expired => "has expired. Certificates that it issued are rejected.",
        TrustWarningKind.ExpiresSoon => "expires soon. Add its successor to the bundle.",
        TrustWarningKind.NotYetValid => "is not valid yet. Certificates that it issued are rejected.",
        TrustWarningKind.UnusableKey => "has a key that is weak or of a kind that is not supported.",
        TrustWarningKind.UnusableAsIssuer =>
            "has an extension or a subject for which every certificate that it issued is rejected, such as a key usage for other purposes.",
        TrustWarningKind.Version1Root =>
            "is a certificate of X.509 version 1, which cannot state that it is a CA. It may issue certificates because "
            + $"{nameof(TrustBundleOptions)}.{nameof(TrustBundleOptions.AllowVersion1Anchors)} is set.",
        TrustWarningKind.Revoked => "is revoked by a revocation list of the bundle. It is not trusted.",
        TrustWarningKind.AmbiguousIssuer =>
            "issued a client certificate without an authority key identifier, and another CA certificate has the same subject. Over "
            + "TLS 1.3, such a client fails if OpenSSL sends the other CA.",
        _ => $"has a warning with the number {(int)Kind}.",
    };
}

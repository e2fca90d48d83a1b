using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The kinds of <see cref="TrustWarning"/>.</summary>
public enum TrustWarningKind
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>Another anchor has the same subject. This is expected during a rotation, and each verification tries both. Over TLS 1.3, an
    /// OpenSSL client that sends the other CA cannot connect if its certificate has no authority key identifier, as is the case for X.509
    /// version 1. The platform ends the handshake before any code of this library runs.</summary>
    SameSubject = 1,

    /// <summary>The anchor has no subject key identifier. Among anchors with the same subject, only a signature check shows which one
    /// issued a certificate.</summary>
    NoKeyIdentifier = 2,

    /// <summary>The anchor is not a CA. Certificates that it issued are rejected; only the certificate itself can be accepted.</summary>
    NotACa = 3,

    /// <summary>The anchor has expired. Certificates that it issued are rejected.</summary>
    Expired = 4,

    /// <summary>The anchor expires within <see cref="TrustBundleOptions.ExpiryWarningPeriod"/>.</summary>
    ExpiresSoon = 5,

    /// <summary>The anchor is not valid yet. Certificates that it issued are rejected.</summary>
    NotYetValid = 6,

    /// <summary>The anchor's key is weak (an RSA key of less than 2048 bits, even if options allow it), or signatures cannot be verified
    /// with it.</summary>
    UnusableKey = 7,

    /// <summary>The anchor breaks a rule for issuers, so that certificates that it issued are rejected. Examples are an unknown critical
    /// extension, malformed name constraints, a key usage for other purposes, and a subject of more than 2 KiB.</summary>
    UnusableAsIssuer = 8,

    /// <summary>The anchor is a root of X.509 version 1, which cannot state that it is a CA. It may issue certificates because
    /// <see cref="TrustBundleOptions.AllowVersion1Anchors"/> is set.</summary>
    Version1Root = 9,

    /// <summary>A revocation list of a CA in the bundle revokes the anchor. The anchor is not trusted.</summary>
    Revoked = 10,

    /// <summary>Since the bundle was loaded, it has verified a certificate that this anchor issued and whose issuer name and key
    /// identifiers also match another anchor: see <see cref="VerifiedCertificate.HasAmbiguousIssuer"/>.</summary>
    AmbiguousIssuer = 11,
}

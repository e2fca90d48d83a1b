using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The kinds of <see cref="TrustWarning"/>.</summary>
public enum TrustWarningKind
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>Another anchor has the same subject. This is expected during a rotation: each verification tries both. Over TLS 1.3, an
    /// OpenSSL client that sends the other CA cannot connect if its certificate has no authority key identifier, such as any certificate of
    /// X.509 version 1: the platform ends the handshake before any code of this library runs.</summary>
    SameSubject = 1,

    /// <summary>The anchor has no subject key identifier. Among anchors with the same subject, every signature is checked.</summary>
    NoKeyIdentifier = 2,

    /// <summary>The anchor is not a CA: it issues nothing and matches only itself.</summary>
    NotACa = 3,

    /// <summary>The anchor has expired: certificates that it issued are rejected.</summary>
    Expired = 4,

    /// <summary>The anchor expires within <see cref="TrustBundleOptions.ExpiryWarningPeriod"/>.</summary>
    ExpiresSoon = 5,

    /// <summary>The anchor is not valid yet: certificates that it issued are rejected.</summary>
    NotYetValid = 6,

    /// <summary>The anchor's key is weak, or signatures of its kind are not verified.</summary>
    UnusableKey = 7,

    /// <summary>Certificates that the anchor issued are rejected because of an unknown extension, a usage for other purposes, or a subject
    /// of more than 2 KiB.</summary>
    UnusableAsIssuer = 8,

    /// <summary>The anchor is a root of X.509 version 1, which cannot state that it is a CA;
    /// <see cref="TrustBundleOptions.AllowVersion1Anchors"/> lets it issue certificates.</summary>
    Version1Root = 9,

    /// <summary>A revocation list of a CA of the bundle revokes the anchor, which is not trusted.</summary>
    Revoked = 10,

    /// <summary>Since the bundle was loaded, it verified a certificate that this anchor issued and that may as well name another CA with
    /// the
    /// same subject: see <see cref="VerifiedCertificate.HasAmbiguousIssuer"/>.</summary>
    AmbiguousIssuer = 11,
}

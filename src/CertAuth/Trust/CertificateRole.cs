namespace CertAuth.Trust;

/// <summary>The role of a certificate in a path.</summary>
internal enum CertificateRole
{
    /// <summary>The certificate with which the peer authenticates.</summary>
    Leaf = 1,

    /// <summary>An issuer that the peer sent.</summary>
    Intermediate = 2,

    /// <summary>An issuer of the bundle.</summary>
    Anchor = 3,
}

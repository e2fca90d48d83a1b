namespace CertAuth.Trust;

/// <summary>What the certificates that a bundle verifies are for (RFC 5280, 4.2.1.12).</summary>
public enum CertificatePurpose
{
    /// <summary>A client shows who it is: the extended key usage clientAuth, or none.</summary>
    ClientAuthentication = 0,

    /// <summary>A server shows who it is, to a proxy before it, say: the extended key usage serverAuth, or none.</summary>
    ServerAuthentication = 1,
}

namespace CertAuth.Trust;

/// <summary>Specifies which kind of peer a trust bundle verifies. The kind determines the required extended key usage (RFC 5280,
/// 4.2.1.12).</summary>
public enum CertificatePurpose
{
    /// <summary>The peer is a client: its certificate has the extended key usage clientAuth, or no extended key usage.</summary>
    ClientAuthentication = 0,

    /// <summary>The peer is a server: its certificate has the extended key usage serverAuth, or no extended key usage.</summary>
    ServerAuthentication = 1,
}

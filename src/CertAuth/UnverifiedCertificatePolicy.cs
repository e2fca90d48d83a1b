namespace CertAuth;

/// <summary>Specifies what happens if the certificate of a client does not verify.</summary>
public enum UnverifiedCertificatePolicy
{
    /// <summary>The handshake fails, as with MySQL, MariaDB and TiDB. The client sees a closed connection.</summary>
    FailHandshake = 0,

    /// <summary>The handshake succeeds without a verified certificate, so that the application can send an error to the client and log the
    /// reason. <see cref="System.Net.Security.SslStream.IsMutuallyAuthenticated"/> is then true and must not be relied on; use
    /// <see cref="ServerTls.GetConnectionInfo"/>.</summary>
    Continue = 1,
}

namespace CertAuth;

/// <summary>Specifies whether a server requests a certificate from clients.</summary>
public enum ClientCertificatePolicy
{
    /// <summary>The server requests no certificate.</summary>
    None = 0,

    /// <summary>The server requests a certificate and accepts a client that sends none, so that each account can decide with
    /// <c>REQUIRE X509</c>.</summary>
    Requested = 1,

    /// <summary>The server requests a certificate, and the handshake of a client that sends none fails.</summary>
    Required = 2,
}

namespace CertAuth.Transport;

/// <summary>The kind of a <see cref="HandshakeRejection"/>. The numbers are stable.</summary>
public enum HandshakeRejectionKind
{
    /// <summary>The certificate of the peer was rejected, or a required one was not presented. The reason is
    /// <see cref="HandshakeRejection.Certificate"/>.</summary>
    CertificateRejected = 1,

    /// <summary>The handshake failed before the certificate of the peer was checked.</summary>
    HandshakeFailed = 2,

    /// <summary>The peer closed the connection.</summary>
    ConnectionClosed = 3,

    /// <summary>The data that the peer sent is not TLS.</summary>
    NotTls = 4,

    /// <summary>The handshake did not complete in time.</summary>
    TimedOut = 5,

    /// <summary>The address of the peer has too many handshakes in progress.</summary>
    TooManyHandshakes = 6,
}

namespace CertAuth.Transport;

/// <summary>Why a TLS handshake did not succeed. The numbers are stable.</summary>
public enum HandshakeRejectionKind
{
    /// <summary>The peer's certificate was rejected, or a required one was not presented; <see cref="HandshakeRejection.Certificate"/> says
    /// why.</summary>
    CertificateRejected = 1,

    /// <summary>The handshake failed before the peer's certificate was checked.</summary>
    HandshakeFailed = 2,

    /// <summary>The peer closed the connection.</summary>
    ConnectionClosed = 3,

    /// <summary>What the peer sent is not TLS.</summary>
    NotTls = 4,

    /// <summary>The handshake did not complete in time.</summary>
    TimedOut = 5,

    /// <summary>The peer's address has too many handshakes under way.</summary>
    TooManyHandshakes = 6,
}

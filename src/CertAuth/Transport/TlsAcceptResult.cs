using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace CertAuth.Transport;

/// <summary>The outcome of a server's handshake: an authenticated stream with the facts of its connection, or a rejection.</summary>
public sealed class TlsAcceptResult
{
    internal TlsAcceptResult(SslStream stream, TlsConnectionInfo connection) => (Stream, Connection) = (stream, connection);

    internal TlsAcceptResult(HandshakeRejection rejection) => Rejection = rejection;

    /// <summary>Whether the handshake succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Stream), nameof(Connection)), MemberNotNullWhen(false, nameof(Rejection))]
    public bool Succeeded => Stream is not null;

    /// <summary>The authenticated stream, which the caller disposes; null if the handshake was rejected.</summary>
    public SslStream? Stream { get; }

    /// <summary>The facts of the connection; null if the handshake was rejected. With
    /// <see cref="UnverifiedCertificatePolicy.Continue"/> they may hold the reason why the client's certificate was rejected.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Why the handshake was rejected; null if it succeeded.</summary>
    public HandshakeRejection? Rejection { get; }
}

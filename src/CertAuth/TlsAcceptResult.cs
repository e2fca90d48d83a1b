using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using CertAuth.Transport;

namespace CertAuth;

/// <summary>The result of <see cref="ServerTls.AcceptAsync"/>: an authenticated stream with the facts of its connection, or a
/// rejection.</summary>
public sealed class TlsAcceptResult
{
    internal TlsAcceptResult(SslStream stream, TlsConnectionInfo connection) => (Stream, Connection) = (stream, connection);

    internal TlsAcceptResult(HandshakeRejection rejection) => Rejection = rejection;

    /// <summary>Gets a value that indicates whether the handshake succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Stream), nameof(Connection)), MemberNotNullWhen(false, nameof(Rejection))]
    public bool Succeeded => Stream is not null;

    /// <summary>Gets the authenticated stream, which the caller disposes; null if the handshake was rejected.</summary>
    public SslStream? Stream { get; }

    /// <summary>Gets the facts of the connection; null if the handshake was rejected. With
    /// <see cref="UnverifiedCertificatePolicy.Continue"/>, they can contain the reason why the certificate of the client was
    /// rejected.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Gets the reason why the handshake was rejected; null if it succeeded.</summary>
    public HandshakeRejection? Rejection { get; }
}

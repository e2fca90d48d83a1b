using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace CertAuth.Transport;

/// <summary>The result of <see cref="UpstreamTls.ConnectAsync"/>: an authenticated stream, or a rejection.</summary>
public sealed class TlsConnectResult
{
    internal TlsConnectResult(SslStream stream) => Stream = stream;

    internal TlsConnectResult(HandshakeRejection rejection) => Rejection = rejection;

    /// <summary>Gets a value that indicates whether the handshake succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Stream)), MemberNotNullWhen(false, nameof(Rejection))]
    public bool Succeeded => Stream is not null;

    /// <summary>Gets the authenticated stream, which the caller disposes; null if the handshake was rejected.</summary>
    public SslStream? Stream { get; }

    /// <summary>Gets the reason why the handshake was rejected; null if it succeeded.</summary>
    public HandshakeRejection? Rejection { get; }
}

using System.Net;
using System.Net.Sockets;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>Performs the first part of a connection, for the server and the proxy: sends the handshake, starts TLS if the client requests
/// it, and reads the login.</summary>
internal sealed class ConnectionGreeter : IAsyncDisposable
{
    private readonly ServerTls _tls;
    private readonly JsonLog _log;
    private readonly uint _id;
    private readonly IPEndPoint _peer;

    internal ConnectionGreeter(Socket socket, uint id, ServerTls tls, JsonLog log)
    {
        (_id, _tls, _log) = (id, tls, log);
        Packets = new(new NetworkStream(socket));
        _peer = (IPEndPoint)socket.RemoteEndPoint!;
        IPAddress address = _peer.Address;
        Address = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    internal PacketStream Packets { get; }

    /// <summary>The client's address.</summary>
    internal string Address { get; }

    /// <summary>The facts of the connection; null without TLS.</summary>
    internal TlsConnectionInfo? Connection { get; private set; }

    public ValueTask DisposeAsync() => Packets.Stream.DisposeAsync();

    /// <summary>Sends the handshake and reads the client's answer. Returns null if there is no valid answer; the client has then received
    /// an error.</summary>
    internal async Task<HandshakeResponse?> GreetAsync(ServerHandshake handshake, CancellationToken cancellationToken)
    {
        if (!await Packets.WriteAsync(handshake.Write(), cancellationToken))
            return null;
        Frame frame = await Packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
        if (frame.Error == PacketError.None && HandshakeResponse.IsSslRequest(frame.Payload))
        {
            if (!await EncryptAsync(cancellationToken))
                return null;
            frame = await Packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
        }

        PacketError error = frame.Error;
        HandshakeResponse? response = null;
        if (error == PacketError.None)
            error = HandshakeResponse.Read(frame.Payload, out response);
        if (response is null)
            await RejectAsync(error, cancellationToken);
        return response;
    }

    /// <summary>Verifies the client's certificate again for a login: since the handshake, it may have expired or been revoked, or its CA
    /// may have been removed.</summary>
    /// <returns>The rejection; null if the certificate is still valid or there is none.</returns>
    internal Rejection? Reverify()
    {
        if (Connection is not { } connection)
            return null;
        if (!_tls.TryReverify(connection, out TlsConnectionInfo? current, out Rejection? rejection))
            return rejection;
        Connection = current;
        return null;
    }

    /// <summary>Logs a packet that cannot be read, and sends the client an error if it is still connected.</summary>
    internal async Task RejectAsync(PacketError error, CancellationToken cancellationToken)
    {
        _log.Write("packet", json =>
        {
            json.WriteNumber("connection", _id);
            json.WriteString("host", Address);
            json.WriteString("problem", "A packet of the client cannot be read.");
            json.WriteString("error", error.ToString());
        });
        if (error != PacketError.Closed)
            await Packets.WriteAsync(Responses.For(error), cancellationToken);
    }

    private async Task<bool> EncryptAsync(CancellationToken cancellationToken)
    {
        TlsAcceptResult result = await _tls.AcceptAsync(Packets.Stream, _peer, cancellationToken);
        if (result.Succeeded)
        {
            Packets.UpgradeTo(result.Stream);
            Connection = result.Connection;
            return true;
        }

        _log.Write("handshake", json =>
        {
            json.WriteNumber("connection", _id);
            json.WriteString("host", Address);
            json.WriteString("kind", result.Rejection.Kind.ToString());
            if (result.Rejection.Certificate is { } rejection)
                DecisionLog.WriteRejection(json, rejection);
            else
                json.WriteString("problem", result.Rejection.ToString());
        });
        return false;
    }
}

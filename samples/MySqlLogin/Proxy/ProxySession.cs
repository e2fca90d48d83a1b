using CertAuth;
using MySqlLogin.Protocol;
using MySqlLogin.Server;

namespace MySqlLogin.Proxy;

/// <summary>One client's connection, and the one that the proxy makes for it: handshake, login, then commands in either direction.</summary>
internal sealed class ProxySession(LoginProxy proxy, Connection connection, ConnectionGreeter client, Upstream upstream)
{
    private const Capabilities NeededOfServer = Capabilities.Required | Capabilities.Ssl | Capabilities.ConnectionAttributes;

    internal static async Task RunAsync(LoginProxy proxy, Connection connection)
    {
        CancellationTokenSource deadline = connection.Deadline;
        deadline.CancelAfter(proxy.Options.LoginTimeout);
        await using ConnectionGreeter client = new(connection.Socket, connection.Id, proxy.Tls, proxy.Log);

        // First the server, for the client answers the server's challenge.
        await using Upstream? upstream = await Upstream.ConnectAsync(proxy.Options, proxy.Upstream, deadline.Token);
        if (upstream is null)
            await client.Packets.WriteAsync(Responses.EarlyError(1105, "The server cannot be reached"), deadline.Token);
        else
            await new ProxySession(proxy, connection, client, upstream).RunAsync(deadline);
    }

    private async Task RunAsync(CancellationTokenSource deadline)
    {
        if (await ReadHandshakeAsync(deadline.Token) is not { } server)
            return;
        ServerHandshake handshake = server with { Capabilities = server.Capabilities & Capabilities.Offered };
        if (await client.GreetAsync(handshake, deadline.Token) is not { } response)
            return;
        if (!proxy.Voucher.TryVouch(client, response, server.Challenge.Span, out var attributes, out Rejection? rejection))
        {
            await RejectAsync(response, rejection, deadline.Token);
            return;
        }

        HandshakeResponse login = response with
        {
            Capabilities = (response.Capabilities & handshake.Capabilities) | NeededOfServer | Capabilities.LengthEncodedAuthentication,
            Attributes = attributes,
        };
        if (await upstream.SendLoginAsync(login, deadline.Token) is { } problem)
        {
            Log(response, problem);
            await client.Packets.WriteAsync(Responses.Error(1105, "HY000", "The server cannot be reached securely"), deadline.Token);
        }
        else if (await RelayLoginAsync(response, deadline.Token))
        {
            await new CommandRelay(proxy, client, upstream, server.Challenge, response.Capabilities).RunAsync(deadline);
        }
    }

    // An error instead of a handshake is the client's to read: too many connections, say.
    private async Task<ServerHandshake?> ReadHandshakeAsync(CancellationToken cancellationToken)
    {
        Frame frame = await upstream.Packets.ReadAsync(Bounds.HandshakePacket, cancellationToken);
        PacketError error = frame.Error;
        ServerHandshake? handshake = null;
        if (error == PacketError.None)
            error = ServerHandshake.Read(frame.Payload, out handshake);
        if (handshake is not null && (handshake.Capabilities & NeededOfServer) == NeededOfServer)
            return handshake;

        proxy.Log.Write("upstream", json => json.WriteString("problem", $"no handshake that is any good: {error}"));
        bool isError = frame.Error == PacketError.None && frame.Payload.Span is [Responses.ErrorHeader, ..];
        byte[] answer = isError ? frame.Payload.ToArray() : Responses.EarlyError(1105, "The server cannot be used");
        await client.Packets.WriteAsync(answer, cancellationToken);
        return null;
    }

    // Until the server says yes or no, each of its packets wants an answer.
    private async Task<bool> RelayLoginAsync(HandshakeResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            Frame answer = await upstream.Packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
            if (answer.Error != PacketError.None || answer.Payload.IsEmpty)
            {
                Log(response, $"The server's packet: {answer.Error}");
                return false;
            }

            // What the server asks for in clear text, since the proxy's connection is secret, must not cross one that is not.
            byte kind = answer.Payload.Span[0];
            if (kind is not (Responses.OkHeader or Responses.ErrorHeader) && client.Connection is null)
            {
                await RejectAsync(response, new(RejectionReason.TokenWithoutTls, "TLS on every hop", "a client without TLS"), cancellationToken);
                return false;
            }

            // The server's yes counts where there is a place for the client here, too.
            if (kind == Responses.OkHeader && !connection.TryLogIn())
            {
                Log(response, Responses.TooManyConnectionsCode);
                await client.Packets.WriteAsync(Responses.TooManyConnections(), cancellationToken);
                return false;
            }

            bool passed = await client.Packets.WriteAsync(answer.Payload.ToArray(), cancellationToken);
            if (!passed || kind is Responses.OkHeader or Responses.ErrorHeader)
            {
                Log(response, kind == Responses.OkHeader ? null : "The server refused the login.");
                return passed && kind == Responses.OkHeader;
            }

            Frame credential = await client.Packets.ReadAsync(Bounds.CredentialPacket, cancellationToken);
            if (credential.Error != PacketError.None)
            {
                await client.RejectAsync(credential.Error, cancellationToken);
                return false;
            }

            await upstream.Packets.WriteAsync(credential.Payload.ToArray(), cancellationToken);
        }
    }

    private async Task RejectAsync(HandshakeResponse response, Rejection rejection, CancellationToken cancellationToken)
    {
        Log(response, rejection.ToString());
        await client.Packets.WriteAsync(Responses.Error(Rejections.For(response, client.Address, rejection)), cancellationToken);
    }

    private void Log(HandshakeResponse response, string? problem) => proxy.Log.Write("forward", json =>
    {
        json.WriteNumber("connection", connection.Id);
        json.WriteString("user", response.User);
        json.WriteString("host", client.Address);
        json.WriteString("certificate", client.Connection?.ClientCertificate?.ToString());

        // The server hears of none: why it was none, this log alone can say.
        if (client.Connection?.ClientCertificateRejection is { } rejection)
            json.WriteString("certificate_refused", rejection.ToString());
        json.WriteString("problem", problem);
    });
}

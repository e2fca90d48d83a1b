using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Server;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>One client's connection and its connection to the server: handshake, login, then commands in both directions.</summary>
internal sealed class ProxySession(LoginProxy proxy, Connection connection, ConnectionGreeter client, Upstream upstream)
{
    private const Capabilities RequiredOfServer = Capabilities.Required | Capabilities.Ssl | Capabilities.ConnectionAttributes;

    internal static async Task RunAsync(LoginProxy proxy, Connection connection)
    {
        CancellationTokenSource deadline = connection.Deadline;
        deadline.CancelAfter(proxy.Options.LoginTimeout);
        await using ConnectionGreeter client = new(connection.Socket, connection.Id, proxy.Tls, proxy.Log);

        // The server comes first, because the client answers the server's challenge.
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
        if (!proxy.ForwardedInfo.TryIssue(client, response, server.Challenge.Span, out var attributes, out Rejection? rejection))
        {
            await RejectAsync(response, rejection, deadline.Token);
            return;
        }

        HandshakeResponse login = response with
        {
            Capabilities = (response.Capabilities & handshake.Capabilities) | RequiredOfServer | Capabilities.LengthEncodedAuthentication,
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

    // An error instead of a handshake, such as too many connections, is passed to the client.
    private async Task<ServerHandshake?> ReadHandshakeAsync(CancellationToken cancellationToken)
    {
        Frame frame = await upstream.Packets.ReadAsync(Bounds.HandshakePacket, cancellationToken);
        PacketError error = frame.Error;
        ServerHandshake? handshake = null;
        if (error == PacketError.None)
            error = ServerHandshake.Read(frame.Payload, out handshake);
        if (handshake is not null && (handshake.Capabilities & RequiredOfServer) == RequiredOfServer)
            return handshake;

        proxy.Log.Write("upstream", json =>
        {
            json.WriteString("problem", "The server sent no handshake that the proxy supports.");
            json.WriteString("error", error.ToString());
        });
        bool isError = frame.Error == PacketError.None && frame.Payload.Span is [Responses.ErrorHeader, ..];
        byte[] answer = isError ? frame.Payload.ToArray() : Responses.EarlyError(1105, "The server cannot be used");
        await client.Packets.WriteAsync(answer, cancellationToken);
        return null;
    }

    // Until the server accepts or rejects the login, each of its packets expects an answer.
    private async Task<bool> RelayLoginAsync(HandshakeResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            Frame answer = await upstream.Packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
            if (answer.Error != PacketError.None || answer.Payload.IsEmpty)
            {
                Log(response, "The server closed the connection, or sent a packet that cannot be read.");
                return false;
            }

            // The server asks for a credential in clear text because the proxy's connection is encrypted. The client's connection must be,
            // too.
            byte kind = answer.Payload.Span[0];
            if (kind is not (Responses.OkHeader or Responses.ErrorHeader) && client.Connection is null)
            {
                Rejection rejection = new(RejectionReason.TokenWithoutTls, "TLS on every hop", "a client without TLS");
                await RejectAsync(response, rejection, cancellationToken);
                return false;
            }

            // The login succeeds only if the proxy also has a free slot.
            if (kind == Responses.OkHeader && !connection.TryLogIn())
            {
                Log(response, Responses.TooManyConnectionsText);
                await client.Packets.WriteAsync(Responses.TooManyConnections(), cancellationToken);
                return false;
            }

            bool passed = await client.Packets.WriteAsync(answer.Payload.ToArray(), cancellationToken);
            if (!passed || kind is Responses.OkHeader or Responses.ErrorHeader)
            {
                Log(response, kind == Responses.OkHeader ? null : "The server rejected the login.");
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

        // The server receives no certificate, so only this log contains the reason.
        if (client.Connection?.ClientCertificateRejection is { } rejection)
            json.WriteString("certificate_rejection", rejection.ToString());
        json.WriteString("problem", problem);
    });
}

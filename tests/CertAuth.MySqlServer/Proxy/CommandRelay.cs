using System.Buffers;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Server;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>Relays the packets after the login. A COM_CHANGE_USER of the client gets a token of its own.</summary>
internal sealed class CommandRelay(
    LoginProxy proxy, ConnectionGreeter client, Upstream upstream, ReadOnlyMemory<byte> challenge, Capabilities clientCapabilities)
{
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan s_closingTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs until one side closes the connection, the client is idle for too long, or a packet of the client cannot be
    /// read.</summary>
    internal async Task RunAsync(CancellationTokenSource deadline)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task fromServer = CopyAsync(upstream.Packets.Stream, client.Packets.Stream, ending.Token);
        Task<byte[]?> fromClient = RelayCommandsAsync(deadline, ending.Token);
        await Task.WhenAny(fromServer, fromClient);

        // Gives the other side time to send its last packets. Each command would otherwise extend the deadline.
        ending.CancelAfter(s_closingTime);
        if (fromClient is { IsCompletedSuccessfully: true, Result: { } error })
        {
            // Stops the copying first, so that the proxy's error does not interrupt another packet.
            await ending.CancelAsync();
            deadline.CancelAfter(s_closingTime);
            await fromServer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Packets.BeginCommand();
            client.Packets.SkipOne();
            await client.Packets.WriteAsync(error, deadline.Token);
        }

        await Task.WhenAll(fromServer, fromClient).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
    }

    /// <summary>Returns the packet that the client receives at the end, if any.</summary>
    private async Task<byte[]?> RelayCommandsAsync(CancellationTokenSource deadline, CancellationToken ending)
    {
        ArrayBufferWriter<byte> buffer = new();
        while (true)
        {
            deadline.CancelAfter(proxy.Options.IdleTimeout);
            Frame frame = await Frames.ReadAsync(client.Packets.Stream, Bounds.CommandPacket, ending);
            if (frame.Error != PacketError.None)
                return frame.Error == PacketError.Closed ? null : Responses.For(frame.Error);

            // A packet is a command only if its sequence number is 0. Otherwise, it is an answer to the server.
            ReadOnlyMemory<byte> payload = frame.Payload;
            if (frame.Sequence == 0 && payload.Span is [(byte)Command.ChangeUser, ..] && AddToken(frame.Payload, out payload) is { } error)
                return error;
            buffer.ResetWrittenCount();
            Frames.Write(buffer, frame.Sequence, payload.Span);
            await upstream.Packets.Stream.WriteAsync(buffer.WrittenMemory, ending);
        }
    }

    // A client without TLS must not change the user, because it would send a credential in clear text.
    private byte[]? AddToken(ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> forwarded)
    {
        forwarded = default;
        PacketError error = ChangeUserRequest.Read(payload, clientCapabilities, out ChangeUserRequest? request);
        if (request is null)
            return Responses.For(error);

        Rejection? rejection = new(RejectionReason.TokenWithoutTls, "TLS on every hop", "a client without TLS");
        if (client.Connection is not null
            && proxy.ForwardedInfo.TryIssue(client, request, challenge.Span, out var attributes, out rejection))
        {
            forwarded = (request with { Attributes = attributes }).Write(clientCapabilities | Capabilities.ConnectionAttributes);
            return null;
        }

        proxy.Log.Write("change_user", json =>
        {
            json.WriteString("user", request.User);
            DecisionLog.WriteRejection(json, rejection!);
        });
        return Responses.Error(Rejections.For(request, client.Address, rejection!));
    }
}

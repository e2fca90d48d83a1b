using System.Buffers;
using CertAuth;
using MySqlLogin.Protocol;
using MySqlLogin.Server;

namespace MySqlLogin.Proxy;

/// <summary>Passes on what comes after the login. Of the client's packets each is looked at: one that changes the user gets a token of its own.</summary>
internal sealed class CommandRelay(
    LoginProxy proxy, ConnectionGreeter client, Upstream upstream, ReadOnlyMemory<byte> challenge, Capabilities clientCapabilities)
{
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    /// <summary>Runs until one side closes, the client falls asleep, or sends nonsense.</summary>
    internal async Task RunAsync(CancellationTokenSource deadline)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task fromServer = CopyAsync(upstream.Packets.Stream, client.Packets.Stream, ending.Token);
        Task<byte[]?> fromClient = RelayCommandsAsync(deadline, ending.Token);
        await Task.WhenAny(fromServer, fromClient);

        // Either side may have something to say yet, for so long, though each command puts the deadline off.
        ending.CancelAfter(s_farewell);
        if (fromClient is { IsCompletedSuccessfully: true, Result: { } error })
        {
            // The client hears what the proxy has to say, and not in the middle of something else.
            await ending.CancelAsync();
            deadline.CancelAfter(s_farewell);
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

    /// <summary>Gives what the client is to be told at the end, if anything.</summary>
    private async Task<byte[]?> RelayCommandsAsync(CancellationTokenSource deadline, CancellationToken ending)
    {
        ArrayBufferWriter<byte> buffer = new();
        while (true)
        {
            deadline.CancelAfter(proxy.Options.IdleTimeout);
            Frame frame = await Frames.ReadAsync(client.Packets.Stream, Bounds.CommandPacket, ending);
            if (frame.Error != PacketError.None)
                return frame.Error == PacketError.Closed ? null : Responses.For(frame.Error);

            // The server takes a command with number 0 alone; with any other this is an answer to it.
            ReadOnlyMemory<byte> payload = frame.Payload;
            if (frame.Sequence == 0 && payload.Span is [(byte)Command.ChangeUser, ..] && Vouch(frame.Payload, out payload) is { } error)
                return error;
            buffer.ResetWrittenCount();
            Frames.Write(buffer, frame.Sequence, payload.Span);
            await upstream.Packets.Stream.WriteAsync(buffer.WrittenMemory, ending);
        }
    }

    // A client without TLS may not change the user: what the server asks for in clear text would cross the net so.
    private byte[]? Vouch(ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> vouched)
    {
        vouched = default;
        PacketError error = ChangeUserRequest.Read(payload, clientCapabilities, out ChangeUserRequest? request);
        if (request is null)
            return Responses.For(error);

        Rejection? rejection = new(RejectionReason.TokenWithoutTls, "TLS on every hop", "a client without TLS");
        if (client.Connection is not null && proxy.Voucher.TryVouch(client, request, challenge.Span, out var attributes, out rejection))
        {
            vouched = (request with { Attributes = attributes }).Write(clientCapabilities | Capabilities.ConnectionAttributes);
            return null;
        }

        proxy.Log.Write("change_user", json => json.WriteString("problem", rejection!.ToString()));
        return Responses.Error(Rejections.For(request, client.Address, rejection!));
    }
}

using System.Text;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>Answers the commands of a logged-in client until it quits, sends a packet that cannot be read, or is idle for too
/// long.</summary>
internal sealed class CommandLoop(ServerSession session, ConnectionGreeter client, Login first)
{
    private Login _login = first;

    internal async Task RunAsync(CancellationTokenSource deadline)
    {
        while (true)
        {
            session.RestartDeadline(deadline, isIdle: true);
            client.Packets.BeginCommand();
            Frame frame = await client.Packets.ReadAsync(Bounds.CommandPacket, deadline.Token);
            session.RestartDeadline(deadline, isIdle: false);
            if (frame.Error != PacketError.None || frame.Payload.IsEmpty)
            {
                await client.RejectAsync(frame.Error == PacketError.None ? PacketError.Truncated : frame.Error, deadline.Token);
                return;
            }

            Command command = (Command)frame.Payload.Span[0];
            if (command == Command.Quit)
                return;
            bool isOpen = command == Command.ChangeUser
                ? await ChangeUserAsync(frame.Payload, deadline.Token)
                : await client.Packets.WriteAsync(Answer(command, frame.Payload[1..]), deadline.Token);
            if (!isOpen)
                return;
        }
    }

    // A rejection ends the connection: the previous user is not restored.
    private async Task<bool> ChangeUserAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (await session.ChangeUserAsync(payload, cancellationToken) is not { } login)
            return false;
        _login = login;
        return true;
    }

    private IReadOnlyList<byte[]> Answer(Command command, ReadOnlyMemory<byte> body) => command switch
    {
        Command.Ping => [Responses.Ok()],
        Command.Query => Query(body),
        Command.InitDatabase => [UseDatabase(body)],
        Command.Statistics => [Encoding.ASCII.GetBytes($"{session.Statistics}")],
        Command.FieldList => [Responses.EndOfFile()],
        _ => [Responses.Error(1047, "08S01", "Unknown command")],
    };

    private IReadOnlyList<byte[]> Query(ReadOnlyMemory<byte> body)
    {
        session.Statistics.CountQuestion();
        return PayloadReader.TryDecode(body.Span, out string text)
            ? new Statements(_login).Answer(text)
            : [Responses.Error(1300, "HY000", "Invalid utf8mb4 character string")];
    }

    private byte[] UseDatabase(ReadOnlyMemory<byte> body)
    {
        bool valid = PayloadReader.TryDecode(body.Span, out string database) && database.Length > 0 && Schema.Exists(database);
        if (valid)
            _login = _login with { Database = database };
        return valid ? Responses.Ok() : Schema.Unknown(database);
    }
}

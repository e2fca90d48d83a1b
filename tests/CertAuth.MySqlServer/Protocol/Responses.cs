using System.Text;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The short packets of the server.</summary>
internal static class Responses
{
    internal const byte OkHeader = 0x00, MoreDataHeader = 0x01, SwitchHeader = 0xFE, ErrorHeader = 0xFF;

    internal const string NativePassword = "mysql_native_password", ClearPassword = "mysql_clear_password";

    internal const string TooManyConnectionsText = "Too many connections";

    private const ushort AutoCommit = 2;

    internal static byte[] Ok() =>
        new PayloadWriter().WriteByte(OkHeader).WriteLength(0).WriteLength(0).WriteUInt16(AutoCommit).WriteUInt16(0).ToArray();

    internal static byte[] Error(int code, string sqlState, string message) => new PayloadWriter()
        .WriteByte(ErrorHeader)
        .WriteUInt16((ushort)code)
        .WriteBytes("#"u8)
        .WriteBytes(Encoding.ASCII.GetBytes(sqlState))
        .WriteBytes(Encoding.UTF8.GetBytes(message))
        .ToArray();

    internal static byte[] Error(ClientError error) => Error(error.Code, error.SqlState, error.Message);

    /// <summary>Returns an error to send before the handshake. It has no SQLSTATE, because the client's capabilities are unknown.</summary>
    internal static byte[] EarlyError(int code, string message) => new PayloadWriter()
        .WriteByte(ErrorHeader).WriteUInt16((ushort)code).WriteBytes(Encoding.UTF8.GetBytes(message)).ToArray();

    /// <summary>Returns the error for an accepted login if no slot is free.</summary>
    internal static byte[] TooManyConnections() => Error(1040, "08004", TooManyConnectionsText);

    /// <summary>Returns an AuthSwitchRequest to a plugin without a challenge.</summary>
    internal static byte[] SwitchTo(string plugin) => new PayloadWriter().WriteByte(SwitchHeader).WriteText(plugin).ToArray();

    internal static byte[] EndOfFile() => new PayloadWriter().WriteByte(0xFE).WriteUInt16(0).WriteUInt16(AutoCommit).ToArray();

    /// <summary>Returns the error that a client receives for a packet that cannot be read.</summary>
    internal static byte[] For(PacketError error) => error switch
    {
        PacketError.OutOfOrder => Error(1156, "08S01", "Got packets out of order"),
        PacketError.TooLong => Error(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
        _ => Error(1043, "08S01", "Bad handshake"),
    };
}

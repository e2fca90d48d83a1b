using System.Security.Cryptography;
using CertAuth;

namespace MySqlLogin.Protocol;

/// <summary>The packets that the server sends, and the commands that it knows.</summary>
internal static class Packets
{
    internal const byte QuitCommand = 0x01, QueryCommand = 0x03, PingCommand = 0x0E, ChangeUserCommand = 0x11;

    private const byte ProtocolVersion = 10, Utf8Mb4 = 255, VarString = 0xFD, EndOfFile = 0xFE, ErrorHeader = 0xFF;
    private const int AutoCommit = 2;
    private const int ChallengeBytes = 20, FirstBytes = 8;

    /// <summary>Returns the first packet of a connection.</summary>
    internal static byte[] Handshake(uint connectionId)
    {
        // Clients answer the challenge with their password, which this server does not use. Some read the challenge up to a NUL.
        Span<byte> challenge = stackalloc byte[ChallengeBytes];
        RandomNumberGenerator.GetItems<byte>([.. Enumerable.Range('0', 64).Select(b => (byte)b)], challenge);
        return new PacketWriter()
            .Bytes(ProtocolVersion)
            .Text("8.0.11-CertAuth\0")
            .UInt32(connectionId)
            .Bytes(challenge[..FirstBytes])
            .Bytes(0)
            .UInt16((int)Capabilities.Offered & 0xFFFF)
            .Bytes(Utf8Mb4)
            .UInt16(AutoCommit)
            .UInt16((int)Capabilities.Offered >> 16)
            .Bytes(ChallengeBytes + 1)
            .Bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            .Bytes(challenge[FirstBytes..])
            .Bytes(0)
            .Text("mysql_native_password\0")
            .ToArray();
    }

    internal static byte[] Ok() => new PacketWriter().Bytes(0, 0, 0).UInt16(AutoCommit).UInt16(0).ToArray();

    internal static byte[] Error(ClientError error) => Error(error.Code, error.SqlState, error.Message);

    internal static byte[] Error(int code, string sqlState, string message) =>
        new PacketWriter().Bytes(ErrorHeader).UInt16(code).Text($"#{sqlState}{message}").ToArray();

    internal static IReadOnlyList<byte[]> ResultSet(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        byte[] end = new PacketWriter().Bytes(EndOfFile).UInt16(0).UInt16(AutoCommit).ToArray();
        return [[(byte)columns.Count], .. columns.Select(Column), end, .. rows.Select(Row), end];
    }

    // The catalog is "def"; schema, tables and the column's original name are empty.
    private static byte[] Column(string name) => new PacketWriter()
        .TextWithLength("def")
        .Bytes(0, 0, 0)
        .TextWithLength(name)
        .Bytes(0)
        .Bytes(0x0C)
        .UInt16(Utf8Mb4)
        .UInt32(PacketStream.MaxPayload)
        .Bytes(VarString)
        .UInt16(0)
        .Bytes(0, 0, 0)
        .ToArray();

    private static byte[] Row(IEnumerable<string> values)
    {
        PacketWriter writer = new();
        foreach (string value in values)
            writer.TextWithLength(value);
        return writer.ToArray();
    }
}

namespace CertAuth.MySqlServer.Protocol;

/// <summary>A small result set with text values.</summary>
internal sealed class ResultSet(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
{
    private const byte Null = 0xFB;
    private const byte VarString = 0xFD;
    private const ushort Utf8Mb4 = 255;
    private const int MaxValueBytes = 16_384;

    internal IReadOnlyList<IReadOnlyList<string?>> Rows { get; } = rows;

    internal IReadOnlyList<byte[]> Write() =>
    [
        new PayloadWriter().WriteLength(columns.Count).ToArray(),
        .. columns.Select(WriteColumn),
        Responses.EndOfFile(),
        .. Rows.Select(WriteRow),
        Responses.EndOfFile(),
    ];

    private static byte[] WriteColumn(string name) => new PayloadWriter()
        .WriteLengthEncoded("def")
        .WriteLengthEncoded("")
        .WriteLengthEncoded("")
        .WriteLengthEncoded("")
        .WriteLengthEncoded(name)
        .WriteLengthEncoded("")
        .WriteLength(0x0C)
        .WriteUInt16(Utf8Mb4)
        .WriteUInt32(MaxValueBytes)
        .WriteByte(VarString)
        .WriteUInt16(0)
        .WriteByte(0)
        .WriteUInt16(0)
        .ToArray();

    private static byte[] WriteRow(IReadOnlyList<string?> row)
    {
        PayloadWriter writer = new();
        foreach (string? value in row)
            _ = value is null ? writer.WriteByte(Null) : writer.WriteLengthEncoded(value);
        return writer.ToArray();
    }
}

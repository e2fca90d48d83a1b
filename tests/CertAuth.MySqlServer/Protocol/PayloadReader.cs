using System.Buffers.Binary;
using System.Text;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>Reads the fields of one packet, forward only. After a read that fails, <see cref="Error"/> has the reason, the position no
/// longer moves, and every read returns an empty value.</summary>
internal ref struct PayloadReader
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlyMemory<byte> _payload;
    private int _position;

    internal PayloadReader(ReadOnlyMemory<byte> payload) => _payload = payload;

    /// <summary>The reason why the first failed read failed.</summary>
    internal PacketError Error { get; private set; }

    internal readonly bool IsAtEnd => _position == _payload.Length;

    /// <summary>The unread bytes.</summary>
    internal readonly ReadOnlyMemory<byte> Rest => _payload[_position..];

    /// <summary>Fails unless a condition is true.</summary>
    internal void Require(bool condition, PacketError error)
    {
        if (Error == PacketError.None && !condition)
            Error = error;
    }

    internal ReadOnlyMemory<byte> ReadFixed(int length)
    {
        Require(Rest.Length >= length, PacketError.Truncated);
        return Advance(length, skip: 0);
    }

    internal byte ReadByte() => ReadFixed(1).Span is [var value] ? value : default;

    internal ushort ReadUInt16() =>
        ReadFixed(sizeof(ushort)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span) : default;

    internal uint ReadUInt32() =>
        ReadFixed(sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) : default;

    // A value below 251 is one byte. After 0xFC, 0xFD and 0xFE follow 2, 3 and 8 bytes. 0xFB is NULL and 0xFF an error, not a length.
    // A longer form than necessary is accepted, because nothing is compared or signed in this form.
    internal ReadOnlyMemory<byte> ReadLengthEncoded(int max)
    {
        ReadOnlySpan<byte> rest = Rest.Span;
        int width = rest.IsEmpty ? 0 : rest[0] switch { < 0xFB => 0, 0xFC => 2, 0xFD => 3, 0xFE => 8, _ => -1 };
        Require(width >= 0, PacketError.BadLength);
        Require(rest.Length > width, PacketError.Truncated);
        if (Error != PacketError.None)
            return default;

        ulong length = width == 0 ? rest[0] : 0UL;
        for (int i = width; i > 0; i--)
            length = (length << 8) | rest[i];
        Require(length <= (ulong)max, PacketError.FieldTooLong);
        Require(length <= (ulong)(rest.Length - 1 - width), PacketError.Truncated);
        return Advance((int)length, skip: 1 + width);
    }

    /// <summary>Reads text up to its terminating NUL.</summary>
    internal string ReadText(int max)
    {
        int length = Rest.Span.IndexOf((byte)0);
        Require(length >= 0, PacketError.Truncated);
        Require(length <= max, PacketError.FieldTooLong);
        if (Error != PacketError.None)
            return "";
        Require(TryDecode(Rest.Span[..length], out string text), PacketError.BadText);
        Advance(length + 1, skip: 0);
        return text;
    }

    /// <summary>Returns the error of the packet, also if bytes remain after its last field.</summary>
    internal PacketError End()
    {
        Require(IsAtEnd, PacketError.Leftover);
        return Error;
    }

    /// <summary>Decodes UTF-8 without replacement characters, because names are compared.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        bool valid = System.Text.Unicode.Utf8.IsValid(bytes);
        text = valid ? s_utf8.GetString(bytes) : "";
        return valid;
    }

    private ReadOnlyMemory<byte> Advance(int length, int skip)
    {
        if (Error != PacketError.None)
            return default;
        ReadOnlyMemory<byte> bytes = _payload.Slice(_position + skip, length);
        _position += skip + length;
        return bytes;
    }
}

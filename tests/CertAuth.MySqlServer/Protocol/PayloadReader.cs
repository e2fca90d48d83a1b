using System.Buffers.Binary;
using System.Text;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>Reads the fields of one packet, forward only. A read that fails does not move the position.</summary>
internal ref struct PayloadReader
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlyMemory<byte> _payload;
    private int _position;

    internal PayloadReader(ReadOnlyMemory<byte> payload) => _payload = payload;

    internal readonly bool IsAtEnd => _position == _payload.Length;

    /// <summary>The unread bytes.</summary>
    internal readonly ReadOnlyMemory<byte> Rest => _payload[_position..];

    internal PacketError ReadFixed(int length, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (Rest.Length < length)
            return PacketError.Truncated;
        bytes = _payload.Slice(_position, length);
        _position += length;
        return PacketError.None;
    }

    internal PacketError ReadByte(out byte value)
    {
        PacketError error = ReadFixed(1, out ReadOnlyMemory<byte> bytes);
        value = error == PacketError.None ? bytes.Span[0] : default;
        return error;
    }

    internal PacketError ReadUInt16(out ushort value)
    {
        PacketError error = ReadFixed(sizeof(ushort), out ReadOnlyMemory<byte> bytes);
        value = error == PacketError.None ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span) : default;
        return error;
    }

    internal PacketError ReadUInt32(out uint value)
    {
        PacketError error = ReadFixed(sizeof(uint), out ReadOnlyMemory<byte> bytes);
        value = error == PacketError.None ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) : default;
        return error;
    }

    // A value below 251 is one byte. After 0xFC, 0xFD and 0xFE follow 2, 3 and 8 bytes. 0xFB is NULL and 0xFF an error, not a length.
    // A longer form than necessary is accepted, because nothing is compared or signed in this form.
    internal PacketError ReadLength(int max, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> rest = Rest.Span;
        if (rest.IsEmpty)
            return PacketError.Truncated;
        int width = rest[0] switch { < 0xFB => 0, 0xFC => 2, 0xFD => 3, 0xFE => 8, _ => -1 };
        if (width < 0)
            return PacketError.BadLength;
        if (rest.Length <= width)
            return PacketError.Truncated;

        ulong value = width == 0 ? rest[0] : 0UL;
        for (int i = width; i > 0; i--)
            value = (value << 8) | rest[i];
        if (value > (ulong)max)
            return PacketError.FieldTooLong;
        length = (int)value;
        _position += 1 + width;
        return PacketError.None;
    }

    internal PacketError ReadLengthEncoded(int max, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        int start = _position;
        PacketError error = ReadLength(max, out int length);
        if (error == PacketError.None)
            error = ReadFixed(length, out bytes);
        if (error != PacketError.None)
            _position = start;
        return error;
    }

    internal PacketError ReadNullTerminated(int max, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        int length = Rest.Span.IndexOf((byte)0);
        if (length < 0)
            return PacketError.Truncated;
        if (length > max)
            return PacketError.FieldTooLong;
        bytes = _payload.Slice(_position, length);
        _position += length + 1;
        return PacketError.None;
    }

    internal PacketError ReadText(int max, out string text)
    {
        text = "";
        int start = _position;
        PacketError error = ReadNullTerminated(max, out ReadOnlyMemory<byte> bytes);
        if (error == PacketError.None && !TryDecode(bytes.Span, out text))
            (error, _position) = (PacketError.BadText, start);
        return error;
    }

    /// <summary>Decodes UTF-8 without replacement characters, because names are compared.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        bool valid = System.Text.Unicode.Utf8.IsValid(bytes);
        text = valid ? s_utf8.GetString(bytes) : "";
        return valid;
    }
}

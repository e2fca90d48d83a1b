using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>Writes the fields of one packet.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    internal PayloadWriter WriteByte(byte value) => WriteBytes([value]);

    internal PayloadWriter WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.GetSpan(sizeof(ushort)), value);
        _buffer.Advance(sizeof(ushort));
        return this;
    }

    internal PayloadWriter WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
        return this;
    }

    internal PayloadWriter WriteBytes(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    internal PayloadWriter WriteZeros(int count)
    {
        _buffer.GetSpan(count)[..count].Clear();
        _buffer.Advance(count);
        return this;
    }

    internal PayloadWriter WriteLength(int length) => length switch
    {
        < 0xFB => WriteByte((byte)length),
        <= ushort.MaxValue => WriteByte(0xFC).WriteUInt16((ushort)length),
        < 1 << 24 => WriteByte(0xFD).WriteUInt16((ushort)length).WriteByte((byte)(length >> 16)),
        _ => WriteByte(0xFE).WriteUInt32((uint)length).WriteUInt32(0),
    };

    internal PayloadWriter WriteLengthEncoded(ReadOnlySpan<byte> bytes) => WriteLength(bytes.Length).WriteBytes(bytes);

    internal PayloadWriter WriteLengthEncoded(string text) => WriteLengthEncoded(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a text and a terminating NUL. The text contains no NUL, because a peer's text was read up to its NUL.</summary>
    internal PayloadWriter WriteText(string text) => WriteBytes(Encoding.UTF8.GetBytes(text)).WriteByte(0);

    internal byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MySqlLogin.Protocol;

/// <summary>Writes the fields of one payload.</summary>
internal sealed class PacketWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    internal PacketWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    internal PacketWriter UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.GetSpan(sizeof(ushort)), (ushort)value);
        _buffer.Advance(sizeof(ushort));
        return this;
    }

    internal PacketWriter UInt32(uint value) => UInt16((ushort)value).UInt16((ushort)(value >> 16));

    internal PacketWriter Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a text after its length: one byte, or three for 251 bytes and more.</summary>
    internal PacketWriter TextWithLength(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return (bytes.Length < 0xFB ? Bytes((byte)bytes.Length) : Bytes(0xFC).UInt16(bytes.Length)).Bytes(bytes);
    }

    internal byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}

using System.Diagnostics.CodeAnalysis;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The server's first packet, version 10.</summary>
internal sealed record ServerHandshake(
    string Version, uint ConnectionId, ReadOnlyMemory<byte> Challenge, Capabilities Capabilities, string Plugin)
{
    private const byte ProtocolVersion = 10;
    private const byte Utf8Mb4 = 255;
    private const ushort AutoCommit = 2;
    private const int FirstPart = 8;
    private const int ReservedBytes = 10;

    internal byte[] Write() => new PayloadWriter()
        .WriteByte(ProtocolVersion)
        .WriteText(Version)
        .WriteUInt32(ConnectionId)
        .WriteBytes(Challenge.Span[..FirstPart])
        .WriteByte(0)
        .WriteUInt16((ushort)Capabilities)
        .WriteByte(Utf8Mb4)
        .WriteUInt16(AutoCommit)
        .WriteUInt16((ushort)((uint)Capabilities >> 16))
        .WriteByte(Bounds.Challenge + 1)
        .WriteZeros(ReservedBytes)
        .WriteBytes(Challenge.Span[FirstPart..])
        .WriteByte(0)
        .WriteText(Plugin)
        .ToArray();

    internal static PacketError Read(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ServerHandshake? handshake)
    {
        PayloadReader reader = new(payload);
        reader.Require(reader.ReadByte() == ProtocolVersion, PacketError.Unsupported);
        string version = reader.ReadText(Bounds.Version);
        uint id = reader.ReadUInt32();
        ReadOnlyMemory<byte> first = reader.ReadFixed(FirstPart);
        reader.ReadByte();
        uint low = reader.ReadUInt16();
        reader.ReadFixed(3);
        uint high = reader.ReadUInt16();
        byte length = reader.ReadByte();
        reader.ReadFixed(ReservedBytes);
        ReadOnlyMemory<byte> second = reader.ReadFixed(Bounds.Challenge - FirstPart);
        reader.ReadByte();
        string plugin = reader.ReadText(Bounds.PluginName);
        reader.Require(length == Bounds.Challenge + 1, PacketError.BadLength);
        PacketError error = reader.End();
        handshake = error == PacketError.None
            ? new(version, id, (byte[])[.. first.Span, .. second.Span], (Capabilities)(low | high << 16), plugin)
            : null;
        return error;
    }
}

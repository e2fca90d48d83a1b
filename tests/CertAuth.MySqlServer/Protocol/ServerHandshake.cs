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
        handshake = null;
        PayloadReader reader = new(payload);
        PacketError error = reader.ReadByte(out byte version);
        if (error == PacketError.None && version != ProtocolVersion)
            return PacketError.Unsupported;

        string text = "", plugin = "";
        uint id = 0;
        ReadOnlyMemory<byte> first = default, second = default;
        ushort low = 0, high = 0;
        byte length = 0;
        if (error == PacketError.None) error = reader.ReadText(Bounds.Version, out text);
        if (error == PacketError.None) error = reader.ReadUInt32(out id);
        if (error == PacketError.None) error = reader.ReadFixed(FirstPart, out first);
        if (error == PacketError.None) error = reader.ReadByte(out _);
        if (error == PacketError.None) error = reader.ReadUInt16(out low);
        if (error == PacketError.None) error = reader.ReadFixed(3, out _);
        if (error == PacketError.None) error = reader.ReadUInt16(out high);
        if (error == PacketError.None) error = reader.ReadByte(out length);
        if (error == PacketError.None) error = reader.ReadFixed(ReservedBytes, out _);
        if (error == PacketError.None) error = reader.ReadFixed(Bounds.Challenge - FirstPart, out second);
        if (error == PacketError.None) error = reader.ReadByte(out _);
        if (error == PacketError.None) error = reader.ReadText(Bounds.PluginName, out plugin);
        if (error != PacketError.None)
            return error;
        if (length != Bounds.Challenge + 1)
            return PacketError.BadLength;
        if (!reader.IsAtEnd)
            return PacketError.Leftover;

        byte[] challenge = [.. first.Span, .. second.Span];
        handshake = new(text, id, challenge, (Capabilities)(low | (uint)high << 16), plugin);
        return PacketError.None;
    }
}

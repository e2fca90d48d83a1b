using System.Diagnostics.CodeAnalysis;
using CertAuth.Forwarding;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The client's answer to the handshake (HandshakeResponse41): the user and the credential.</summary>
internal sealed record HandshakeResponse : ILoginRequest
{
    private const int HeadBytes = 32;
    private const int ReservedBytes = 23;

    internal required Capabilities Capabilities { get; init; }

    internal required uint MaxPacket { get; init; }

    internal required byte CharacterSet { get; init; }

    public required string User { get; init; }

    public required ReadOnlyMemory<byte> Authentication { get; init; }

    public string Database { get; init; } = "";

    public string Plugin { get; init; } = "";

    public IReadOnlyList<ConnectionAttribute> Attributes { get; init; } = [];

    /// <summary>Returns true if the packet asks for TLS: it then contains only the head of a response.</summary>
    internal static bool IsSslRequest(ReadOnlyMemory<byte> payload)
    {
        PayloadReader reader = new(payload);
        return payload.Length == HeadBytes && reader.ReadUInt32(out uint flags) == PacketError.None
            && ((Capabilities)flags).HasFlag(Capabilities.Protocol41 | Capabilities.Ssl);
    }

    internal byte[] WriteSslRequest() => WriteHead().ToArray();

    internal byte[] Write()
    {
        PayloadWriter writer = WriteHead().WriteText(User).WriteLengthEncoded(Authentication.Span);
        if (Capabilities.HasFlag(Capabilities.ConnectWithDatabase))
            writer.WriteText(Database);
        writer.WriteText(Plugin);
        AttributeList.Write(writer, Attributes);
        return writer.ToArray();
    }

    internal static PacketError Read(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out HandshakeResponse? response)
    {
        response = null;
        PayloadReader reader = new(payload);
        PacketError error = reader.ReadUInt32(out uint flags);
        Capabilities capabilities = (Capabilities)flags;
        if (error == PacketError.None && (capabilities & Capabilities.Required) != Capabilities.Required)
            return PacketError.Unsupported;

        uint maxPacket = 0;
        byte characterSet = 0;
        string user = "", database = "", plugin = "";
        ReadOnlyMemory<byte> authentication = default;
        IReadOnlyList<ConnectionAttribute> attributes = [];
        if (error == PacketError.None) error = reader.ReadUInt32(out maxPacket);
        if (error == PacketError.None) error = reader.ReadByte(out characterSet);
        if (error == PacketError.None) error = reader.ReadFixed(ReservedBytes, out _);
        if (error == PacketError.None) error = reader.ReadText(Bounds.UserName, out user);
        if (error == PacketError.None) error = ReadAuthentication(ref reader, capabilities, out authentication);
        if (error == PacketError.None && capabilities.HasFlag(Capabilities.ConnectWithDatabase))
            error = reader.ReadText(Bounds.Database, out database);
        if (error == PacketError.None) error = reader.ReadText(Bounds.PluginName, out plugin);
        if (error == PacketError.None && capabilities.HasFlag(Capabilities.ConnectionAttributes))
            error = AttributeList.Read(ref reader, out attributes);
        if (error != PacketError.None)
            return error;
        if (!reader.IsAtEnd)
            return PacketError.Leftover;

        response = new()
        {
            Capabilities = capabilities,
            MaxPacket = maxPacket,
            CharacterSet = characterSet,
            User = user,
            Authentication = authentication,
            Database = database,
            Plugin = plugin,
            Attributes = attributes,
        };
        return PacketError.None;
    }

    // Both forms have one length byte for a value of less than 251 bytes.
    private static PacketError ReadAuthentication(
        ref PayloadReader reader, Capabilities capabilities, out ReadOnlyMemory<byte> authentication)
    {
        if (capabilities.HasFlag(Capabilities.LengthEncodedAuthentication))
            return reader.ReadLengthEncoded(Bounds.CredentialPacket, out authentication);
        authentication = default;
        PacketError error = reader.ReadByte(out byte length);
        return error == PacketError.None ? reader.ReadFixed(length, out authentication) : error;
    }

    private PayloadWriter WriteHead() => new PayloadWriter()
        .WriteUInt32((uint)Capabilities)
        .WriteUInt32(MaxPacket)
        .WriteByte(CharacterSet)
        .WriteZeros(ReservedBytes);
}

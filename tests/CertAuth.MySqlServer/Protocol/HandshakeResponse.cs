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
        return payload.Length == HeadBytes && ((Capabilities)reader.ReadUInt32()).HasFlag(Capabilities.Protocol41 | Capabilities.Ssl);
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
        PayloadReader reader = new(payload);
        Capabilities capabilities = (Capabilities)reader.ReadUInt32();
        reader.Require((capabilities & Capabilities.Required) == Capabilities.Required, PacketError.Unsupported);
        uint maxPacket = reader.ReadUInt32();
        byte characterSet = reader.ReadByte();
        reader.ReadFixed(ReservedBytes);
        HandshakeResponse read = new()
        {
            Capabilities = capabilities,
            MaxPacket = maxPacket,
            CharacterSet = characterSet,
            User = reader.ReadText(Bounds.UserName),

            // Both forms have one length byte for a value of less than 251 bytes.
            Authentication = capabilities.HasFlag(Capabilities.LengthEncodedAuthentication)
                ? reader.ReadLengthEncoded(Bounds.CredentialPacket)
                : reader.ReadFixed(reader.ReadByte()),
            Database = capabilities.HasFlag(Capabilities.ConnectWithDatabase) ? reader.ReadText(Bounds.Database) : "",
            Plugin = reader.ReadText(Bounds.PluginName),
            Attributes = capabilities.HasFlag(Capabilities.ConnectionAttributes) ? AttributeList.Read(ref reader) : [],
        };
        PacketError error = reader.End();
        response = error == PacketError.None ? read : null;
        return error;
    }

    private PayloadWriter WriteHead() => new PayloadWriter()
        .WriteUInt32((uint)Capabilities)
        .WriteUInt32(MaxPacket)
        .WriteByte(CharacterSet)
        .WriteZeros(ReservedBytes);
}

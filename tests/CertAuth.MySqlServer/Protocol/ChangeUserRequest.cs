using System.Diagnostics.CodeAnalysis;
using CertAuth.Forwarding;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>COM_CHANGE_USER: another login on the same connection.</summary>
internal sealed record ChangeUserRequest : ILoginRequest
{
    public required string User { get; init; }

    public required ReadOnlyMemory<byte> Authentication { get; init; }

    public required string Database { get; init; }

    internal required ushort CharacterSet { get; init; }

    public string Plugin { get; init; } = "";

    public IReadOnlyList<ConnectionAttribute> Attributes { get; init; } = [];

    /// <param name="capabilities">The capabilities of the connection's first login.</param>
    internal byte[] Write(Capabilities capabilities)
    {
        PayloadWriter writer = new PayloadWriter()
            .WriteByte((byte)Command.ChangeUser)
            .WriteText(User)
            .WriteByte((byte)Authentication.Length)
            .WriteBytes(Authentication.Span)
            .WriteText(Database)
            .WriteUInt16(CharacterSet)
            .WriteText(Plugin);
        if (capabilities.HasFlag(Capabilities.ConnectionAttributes))
            AttributeList.Write(writer, Attributes);
        return writer.ToArray();
    }

    /// <param name="payload">The packet, including the command byte.</param>
    /// <param name="capabilities">The capabilities of the connection's first login.</param>
    /// <param name="request">The request; null if there is an error.</param>
    internal static PacketError Read(
        ReadOnlyMemory<byte> payload, Capabilities capabilities, [NotNullWhen(true)] out ChangeUserRequest? request)
    {
        request = null;
        PayloadReader reader = new(payload);
        string user = "", database = "", plugin = "";
        byte length = 0;
        ushort characterSet = 0;
        ReadOnlyMemory<byte> authentication = default;
        IReadOnlyList<ConnectionAttribute> attributes = [];
        PacketError error = reader.ReadByte(out _);
        if (error == PacketError.None) error = reader.ReadText(Bounds.UserName, out user);
        if (error == PacketError.None) error = reader.ReadByte(out length);
        if (error == PacketError.None) error = reader.ReadFixed(length, out authentication);
        if (error == PacketError.None) error = reader.ReadText(Bounds.Database, out database);
        if (error == PacketError.None) error = reader.ReadUInt16(out characterSet);
        if (error == PacketError.None) error = reader.ReadText(Bounds.PluginName, out plugin);
        if (error == PacketError.None && capabilities.HasFlag(Capabilities.ConnectionAttributes))
            error = AttributeList.Read(ref reader, out attributes);
        if (error != PacketError.None)
            return error;
        if (!reader.IsAtEnd)
            return PacketError.Leftover;

        request = new()
        {
            User = user,
            Authentication = authentication,
            Database = database,
            CharacterSet = characterSet,
            Plugin = plugin,
            Attributes = attributes,
        };
        return PacketError.None;
    }
}

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
        PayloadReader reader = new(payload);
        reader.ReadByte();
        ChangeUserRequest read = new()
        {
            User = reader.ReadText(Bounds.UserName),
            Authentication = reader.ReadFixed(reader.ReadByte()),
            Database = reader.ReadText(Bounds.Database),
            CharacterSet = reader.ReadUInt16(),
            Plugin = reader.ReadText(Bounds.PluginName),
            Attributes = capabilities.HasFlag(Capabilities.ConnectionAttributes) ? AttributeList.Read(ref reader) : [],
        };
        PacketError error = reader.End();
        request = error == PacketError.None ? read : null;
        return error;
    }
}

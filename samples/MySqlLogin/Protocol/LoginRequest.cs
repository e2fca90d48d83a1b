using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace MySqlLogin.Protocol;

/// <summary>What the server needs of a login packet: the user and the credential. What follows them is ignored.</summary>
internal sealed record LoginRequest(string User, ReadOnlyMemory<byte> Credential)
{
    // HandshakeResponse41: flags, maximum packet, character set and reserved bytes. A request for TLS contains only this head.
    private const int HeadBytes = 32;

    // MySQL allows 32 characters, which are at most 128 bytes.
    private const int MaxUserBytes = 128;

    /// <summary>Returns true if the packet asks for TLS.</summary>
    internal static bool IsTlsRequest(byte[]? packet) => packet is { Length: HeadBytes } && HasFlags(packet, Capabilities.Ssl);

    /// <summary>Reads HandshakeResponse41. Returns null if the packet is missing or malformed.</summary>
    internal static LoginRequest? Read(byte[]? packet) =>
        packet is { Length: > HeadBytes } && HasFlags(packet, Capabilities.Required) ? ReadAfter(packet.AsMemory(HeadBytes)) : null;

    /// <summary>Reads COM_CHANGE_USER. Returns null if the packet is malformed.</summary>
    internal static LoginRequest? ReadChangeUser(byte[] packet) => ReadAfter(packet.AsMemory(1));

    private static bool HasFlags(byte[] packet, Capabilities flags) =>
        ((Capabilities)BinaryPrimitives.ReadUInt32LittleEndian(packet)).HasFlag(flags);

    // The user with a terminating NUL, then the length of the credential and the credential.
    private static LoginRequest? ReadAfter(ReadOnlyMemory<byte> rest)
    {
        int end = rest.Span.IndexOf((byte)0);
        if (end is < 0 or > MaxUserBytes || end + 1 == rest.Length || !Utf8.IsValid(rest.Span[..end]))
            return null;
        ReadOnlyMemory<byte> credential = rest[(end + 2)..];
        int length = rest.Span[end + 1];
        return length <= credential.Length ? new(Encoding.UTF8.GetString(rest.Span[..end]), credential[..length]) : null;
    }
}

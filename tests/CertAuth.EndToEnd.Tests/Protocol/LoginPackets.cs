using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Protocol;

/// <summary>Login packets for tests to send or modify.</summary>
internal static class LoginPackets
{
    internal static HandshakeResponse Response(string user = "u1", params ConnectionAttribute[] attributes) => new()
    {
        Capabilities = Capabilities.Offered & ~Capabilities.Ssl,
        MaxPacket = 1 << 24,
        CharacterSet = 45,
        User = user,
        Authentication = default,
        Plugin = Responses.NativePassword,
        Attributes = attributes,
    };

    internal static byte[] ChangeTo(string user, params ConnectionAttribute[] attributes) => new ChangeUserRequest
    {
        User = user,
        Authentication = default,
        Database = "",
        CharacterSet = 45,
        Plugin = Responses.NativePassword,
        Attributes = attributes,
    }.Write(Capabilities.Offered);
}

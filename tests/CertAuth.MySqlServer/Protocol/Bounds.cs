namespace CertAuth.MySqlServer.Protocol;

/// <summary>The maximum sizes of everything that a peer may send, in bytes.</summary>
internal static class Bounds
{
    /// <summary>A login packet with all attributes, including a forwarded certificate.</summary>
    internal const int LoginPacket = 128 * 1024;

    /// <summary>A token and its terminating NUL. The library has its own limit, 16 KiB by default.</summary>
    internal const int CredentialPacket = 64 * 1024 + 1;

    /// <summary>A command. COM_CHANGE_USER also contains attributes.</summary>
    internal const int CommandPacket = LoginPacket;

    /// <summary>The server's first packet, which the proxy reads.</summary>
    internal const int HandshakePacket = 1024;

    internal const int UserName = 256, Database = 256, PluginName = 64, Version = 128;

    /// <summary>The total size of all attributes, as in MySQL, and their number.</summary>
    internal const int Attributes = 64 * 1024, AttributeCount = 256;

    /// <summary>The length of the challenge.</summary>
    internal const int Challenge = 20;
}

namespace MySqlLogin.Protocol;

/// <summary>The longest of everything that a peer may send, in bytes.</summary>
internal static class Bounds
{
    /// <summary>A packet of the login: all attributes, a forwarded certificate among them.</summary>
    internal const int LoginPacket = 128 * 1024;

    /// <summary>A token, and the NUL that ends it; the library has its own bound, 16 KiB by default.</summary>
    internal const int CredentialPacket = 64 * 1024 + 1;

    /// <summary>A command. COM_CHANGE_USER has attributes, too.</summary>
    internal const int CommandPacket = LoginPacket;

    /// <summary>The server's first packet, as the proxy reads it.</summary>
    internal const int HandshakePacket = 1024;

    internal const int UserName = 256, Database = 256, PluginName = 64, Version = 128;

    /// <summary>All attributes together, as MySQL has it, and their number.</summary>
    internal const int Attributes = 64 * 1024, AttributeCount = 256;

    /// <summary>Bytes of the challenge.</summary>
    internal const int Challenge = 20;
}

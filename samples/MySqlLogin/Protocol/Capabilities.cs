namespace MySqlLogin.Protocol;

/// <summary>The capability flags that the server offers.</summary>
[Flags]
internal enum Capabilities : uint
{
    None = 0,
    LongPassword = 1,
    Protocol41 = 1 << 9,
    Ssl = 1 << 11,
    Transactions = 1 << 13,
    SecureConnection = 1 << 15,
    PluginAuthentication = 1 << 19,

    /// <summary>The capabilities that every client must have.</summary>
    Required = Protocol41 | SecureConnection,

    Offered = LongPassword | Protocol41 | Ssl | Transactions | SecureConnection | PluginAuthentication,
}

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The capability flags of the protocol that this program knows.</summary>
[Flags]
internal enum Capabilities : uint
{
    None = 0,
    LongPassword = 1,
    LongFlag = 1 << 2,
    ConnectWithDatabase = 1 << 3,
    Protocol41 = 1 << 9,
    Ssl = 1 << 11,
    Transactions = 1 << 13,
    SecureConnection = 1 << 15,
    PluginAuthentication = 1 << 19,
    ConnectionAttributes = 1 << 20,
    LengthEncodedAuthentication = 1 << 21,

    /// <summary>The capabilities that every client must have.</summary>
    Required = Protocol41 | SecureConnection | PluginAuthentication,

    /// <summary>The capabilities that the server offers on a connection that can be upgraded to TLS.</summary>
    Offered = LongPassword | LongFlag | ConnectWithDatabase | Protocol41 | Ssl | Transactions | SecureConnection | PluginAuthentication
        | ConnectionAttributes | LengthEncodedAuthentication,
}

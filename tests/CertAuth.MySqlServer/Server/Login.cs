using CertAuth.MySqlServer.Accounts;

namespace CertAuth.MySqlServer.Server;

/// <summary>The current login of a connection.</summary>
/// <param name="ConnectionId">The connection's number.</param>
/// <param name="Account">The account.</param>
/// <param name="ClientHost">The address that the connection comes from.</param>
/// <param name="Database">The default database; empty for none.</param>
/// <param name="Connection">The facts of the client's TLS connection, direct or forwarded.</param>
internal sealed record Login(uint ConnectionId, LoginAccount Account, string ClientHost, string Database, TlsConnectionInfo? Connection);

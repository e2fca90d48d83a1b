using System.Net;
using CertAuth.MySqlServer.Server;
using CertAuth.Transport;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>The options of the proxy. Immutable.</summary>
internal sealed record ProxyOptions : ListenerOptions
{
    // Lower than for a server, because each connection also uses a connection to the server.
    internal ProxyOptions() => MaxPending = 250;

    internal required IPEndPoint Server { get; init; }

    /// <summary>The name that the server's certificate must contain.</summary>
    internal required ServerName ServerName { get; init; }
}

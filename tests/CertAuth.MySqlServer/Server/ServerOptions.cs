using CertAuth.Requirements;

namespace CertAuth.MySqlServer.Server;

/// <summary>The options of the server. Immutable.</summary>
internal sealed record ServerOptions : ListenerOptions
{
    internal bool RequireSecureTransport { get; init; }

    /// <summary>The requirement that the certificate of a proxy meets; null if there are no proxies.</summary>
    internal LoginRequirement? Proxies { get; init; }
}

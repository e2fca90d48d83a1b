using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth.MySqlServer.Setup;
using CertAuth.Requirements;

namespace CertAuth.MySqlServer.Server;

/// <summary>The options of the server. Immutable.</summary>
internal sealed record ServerOptions
{
    internal required Folder Folder { get; init; }

    internal IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    internal MinimumTlsVersion MinimumTls { get; init; }

    internal UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    internal bool RequireSecureTransport { get; init; }

    /// <summary>The requirement that the certificate of a proxy meets; null if there are no proxies.</summary>
    internal LoginRequirement? Proxies { get; init; }

    internal ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = CertAuth.Tls.CipherSuites.Recommended;

    internal TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of logged-in connections.</summary>
    internal int MaxConnections { get; init; } = 200;

    /// <summary>The maximum number of connections that are not logged in. When it is reached, the oldest one is closed.</summary>
    internal int MaxPending { get; init; } = 500;

    /// <summary>The maximum time from the connection to the decision.</summary>
    internal TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum time between two commands.</summary>
    internal TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock for the expiry of certificates and tokens and for the uptime. Timeouts run in real time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}

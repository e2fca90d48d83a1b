using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth;
using CertAuth.Requirements;
using MySqlLogin.Setup;

namespace MySqlLogin.Server;

/// <summary>How the server runs. Immutable.</summary>
internal sealed record ServerOptions
{
    internal required Folder Folder { get; init; }

    internal IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    internal MinimumTlsVersion MinimumTls { get; init; }

    internal UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    internal bool RequireSecureTransport { get; init; }

    /// <summary>What the certificate of a connection must meet for it to be a proxy's; null: there are no proxies.</summary>
    internal LoginRequirement? Proxies { get; init; }

    internal ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = CertAuth.Tls.CipherSuites.Recommended;

    internal TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of connections that are logged in.</summary>
    internal int MaxConnections { get; init; } = 200;

    /// <summary>Of connections that are not yet; then the oldest makes room.</summary>
    internal int MaxPending { get; init; } = 500;

    /// <summary>From the first byte to the decision.</summary>
    internal TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two commands.</summary>
    internal TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock by which certificates and tokens expire, and the uptime counts. Timeouts run in real time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}

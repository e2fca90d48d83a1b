using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth;
using CertAuth.Transport;
using MySqlLogin.Setup;

namespace MySqlLogin.Proxy;

/// <summary>How the proxy runs. Immutable.</summary>
internal sealed record ProxyOptions
{
    internal required Folder Folder { get; init; }

    internal required IPEndPoint Server { get; init; }

    /// <summary>What the server's certificate must name.</summary>
    internal required ServerName ServerName { get; init; }

    internal IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    internal MinimumTlsVersion MinimumTls { get; init; }

    internal UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    internal ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = CertAuth.Tls.CipherSuites.Recommended;

    internal TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of connections that are logged in.</summary>
    internal int MaxConnections { get; init; } = 200;

    /// <summary>Of connections that are not yet; then the oldest makes room. Fewer than a server has, for each holds one to the server.</summary>
    internal int MaxPending { get; init; } = 250;

    internal TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock by which certificates expire. Timeouts run in real time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}

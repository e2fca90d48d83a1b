using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth.MySqlServer.Setup;
using CertAuth.Transport;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>The options of the proxy. Immutable.</summary>
internal sealed record ProxyOptions
{
    internal required Folder Folder { get; init; }

    internal required IPEndPoint Server { get; init; }

    /// <summary>The name that the server's certificate must contain.</summary>
    internal required ServerName ServerName { get; init; }

    internal IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    internal MinimumTlsVersion MinimumTls { get; init; }

    internal UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    internal ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = CertAuth.Tls.CipherSuites.Recommended;

    internal TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of logged-in connections.</summary>
    internal int MaxConnections { get; init; } = 200;

    /// <summary>The maximum number of connections that are not logged in. When it is reached, the oldest one is closed. Lower than for a
    /// server, because each also uses a connection to the server.</summary>
    internal int MaxPending { get; init; } = 250;

    internal TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock for the expiry of certificates. Timeouts run in real time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}

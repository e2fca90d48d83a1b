using System.Net;
using CertAuth.MySqlServer.Setup;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.MySqlServer.Server;

/// <summary>The options that the server and the proxy have in common. Immutable.</summary>
internal abstract record ListenerOptions
{
    internal required Folder Folder { get; init; }

    internal IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    internal UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

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

    /// <summary>Creates the TLS side for clients.</summary>
    internal ServerTls CreateTls(ISource<ServerCertificate> certificate, ISource<TrustBundle> clients) => new(new()
    {
        ServerCertificate = certificate,
        ClientTrust = clients,
        UnverifiedCertificate = UnverifiedCertificate,
        CipherSuites = CipherSuites.Recommended,
    });
}

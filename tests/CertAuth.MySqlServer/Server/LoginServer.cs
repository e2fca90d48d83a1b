using System.Net;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Logging;

namespace CertAuth.MySqlServer.Server;

/// <summary>A login server that implements the part of the MySQL protocol that clients need to log in.</summary>
internal sealed class LoginServer : IDisposable
{
    private readonly Listener _listener;

    private LoginServer(ServerOptions options, ServerFiles files, JsonLog log)
    {
        (Options, Files, Log) = (options, files, log);
        Tls = options.CreateTls(files.Certificate, files.Clients);
        Logins = new(new()
        {
            RequireSecureTransport = options.RequireSecureTransport,
            TokenAuthenticator = files.TokenKeys is { } keys ? new TokenAuthenticator(keys, new() { TimeProvider = options.Clock }) : null,
            Custom = new PasswordAuthenticator(),
            CertInfoVerifier = files.ProxySigners is { } signers
                ? new CertInfoTokenVerifier(new() { SharedKey = signers, TimeProvider = options.Clock })
                : null,
            TimeProvider = options.Clock,
        });
        _listener = new(options.Address, new(options.MaxConnections, options.MaxPending), log);
        Statistics = new(options.Clock, _listener.Slots);
    }

    internal ServerOptions Options { get; }

    internal ServerFiles Files { get; }

    internal JsonLog Log { get; }

    internal ServerTls Tls { get; }

    internal LoginAuthenticator Logins { get; }

    internal ServerStatistics Statistics { get; }

    internal IPEndPoint Address => _listener.Address;

    internal ConnectionSlots Slots => _listener.Slots;

    /// <exception cref="InvalidDataException">A file is missing or invalid.</exception>
    internal static async Task<LoginServer> OpenAsync(ServerOptions options, JsonLog log, CancellationToken cancellationToken = default) =>
        new(options, await ServerFiles.OpenAsync(options, log, cancellationToken), log);

    internal Task RunAsync(CancellationToken stop) =>
        _listener.RunAsync(connection => ServerSession.RunAsync(this, connection), stop);

    public void Dispose()
    {
        _listener.Dispose();
        Files.Dispose();
    }
}

using System.Net;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Server;
using CertAuth.Transport;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>A proxy that terminates TLS and forwards signed facts of the clients' connections to the server.</summary>
internal sealed class LoginProxy : IDisposable
{
    private readonly Listener _listener;

    private LoginProxy(ProxyOptions options, ProxyFiles files, JsonLog log)
    {
        (Options, Files, Log) = (options, files, log);
        Tls = options.CreateTls(files.Certificate, files.Clients);
        Upstream = new(new() { ServerTrust = files.Servers, Certificate = files.Certificate });
        ForwardedInfo = new(new CertInfoTokenIssuer(files.Signer, new() { TimeProvider = options.Clock }));
        _listener = new(options.Address, new(options.MaxConnections, options.MaxPending), log);
    }

    internal ProxyOptions Options { get; }

    internal ProxyFiles Files { get; }

    internal JsonLog Log { get; }

    internal ServerTls Tls { get; }

    internal UpstreamTls Upstream { get; }

    internal ForwardedInfoIssuer ForwardedInfo { get; }

    internal IPEndPoint Address => _listener.Address;

    internal ConnectionSlots Slots => _listener.Slots;

    /// <exception cref="InvalidDataException">A file is missing or invalid.</exception>
    internal static async Task<LoginProxy> OpenAsync(ProxyOptions options, JsonLog log, CancellationToken cancellationToken = default) =>
        new(options, await ProxyFiles.OpenAsync(options, log, cancellationToken), log);

    internal Task RunAsync(CancellationToken stop) =>
        _listener.RunAsync(connection => ProxySession.RunAsync(this, connection), stop);

    public void Dispose()
    {
        _listener.Dispose();
        Files.Dispose();
    }
}

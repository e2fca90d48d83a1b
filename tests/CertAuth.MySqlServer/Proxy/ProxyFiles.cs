using CertAuth.MySqlServer.Logging;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>The reloadable files of the proxy.</summary>
internal sealed class ProxyFiles : IDisposable
{
    internal required Reloadable<ServerCertificate> Certificate { get; init; }

    internal required Reloadable<TrustBundle> Clients { get; init; }

    internal required Reloadable<SigningKeyPair> Signer { get; init; }

    /// <summary>The CAs of the server's certificate: the same file as <see cref="Clients"/>, for another purpose.</summary>
    internal required Reloadable<TrustBundle> Servers { get; init; }

    internal required ReloadMonitor Monitor { get; init; }

    /// <exception cref="InvalidDataException">A file is missing or invalid.</exception>
    internal static async Task<ProxyFiles> OpenAsync(ProxyOptions options, JsonLog log, CancellationToken cancellationToken)
    {
        Setup.Folder folder = options.Folder;
        ReloadMonitor monitor = new();
        ReloadOptions reload = new() { PollInterval = options.PollInterval, Logger = log, Monitor = monitor };
        TrustBundleOptions forClients = new() { TimeProvider = options.Clock };
        TrustBundleOptions forServers = new() { Purpose = CertificatePurpose.ServerAuthentication, TimeProvider = options.Clock };

        // Concurrently, because each waits until its files are unchanged.
        Task<Reloadable<ServerCertificate>> certificate = ServerCertificate.OpenAsync(
            folder.ProxyCertificate, folder.ProxyKey, reload, cancellationToken);
        Task<Reloadable<TrustBundle>> clients = TrustBundle.OpenAsync(
            folder.Ca, trust: forClients, options: reload, cancellationToken: cancellationToken);
        Task<Reloadable<SigningKeyPair>> signer = SigningKeyPair.OpenAsync(
            folder.SigningCertificate, folder.SigningKey, reload, cancellationToken);
        Task<Reloadable<TrustBundle>> servers = TrustBundle.OpenAsync(
            folder.Ca, trust: forServers, options: reload, cancellationToken: cancellationToken);
        return new()
        {
            Certificate = await certificate,
            Clients = await clients,
            Signer = await signer,
            Servers = await servers,
            Monitor = monitor,
        };
    }

    /// <summary>Reloads all files now. The log contains the results.</summary>
    internal Task ReloadAsync() => Monitor.ReloadAllAsync();

    public void Dispose()
    {
        Certificate.Dispose();
        Clients.Dispose();
        Signer.Dispose();
        Servers.Dispose();
        Monitor.Dispose();
    }
}

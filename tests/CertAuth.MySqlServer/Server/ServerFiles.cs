using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Logging;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.MySqlServer.Server;

/// <summary>The reloadable files of the server.</summary>
internal sealed class ServerFiles : IDisposable
{
    internal required Reloadable<ServerCertificate> Certificate { get; init; }

    internal required Reloadable<TrustBundle> Clients { get; init; }

    /// <summary>The token keys; null if the file did not exist at the start. No account may then log in by token.</summary>
    internal required Reloadable<TokenKeySet>? TokenKeys { get; init; }

    internal required Reloadable<AccountTable> Accounts { get; init; }

    /// <summary>The signing certificates of the proxies; null if there are no proxies.</summary>
    internal required Reloadable<SigningCertificateRing>? ProxySigners { get; init; }

    internal required ReloadMonitor Monitor { get; init; }

    /// <exception cref="InvalidDataException">A file is missing or invalid.</exception>
    internal static async Task<ServerFiles> OpenAsync(ServerOptions options, JsonLog log, CancellationToken cancellationToken)
    {
        ReloadMonitor monitor = new();
        ReloadOptions reload = new() { PollInterval = options.PollInterval, Logger = log, Monitor = monitor };
        TrustBundleOptions trust = new() { TimeProvider = options.Clock };
        bool hasKeySet = Path.Exists(options.Folder.KeySet);

        // Concurrently, because each waits until its files are unchanged.
        Task<Reloadable<ServerCertificate>> certificate = ServerCertificate.OpenAsync(
            options.Folder.ServerCertificate, options.Folder.ServerKey, reload, cancellationToken);
        Task<Reloadable<TrustBundle>> clients = TrustBundle.OpenAsync(
            options.Folder.Ca, trust: trust, options: reload, cancellationToken: cancellationToken);
        Task<Reloadable<TokenKeySet>>? tokenKeys = hasKeySet
            ? TokenKeySet.OpenAsync(options.Folder.KeySet, reload, cancellationToken)
            : null;
        Task<Reloadable<AccountTable>> accounts = Reloadable.OpenAsync(
            [options.Folder.Accounts], new AccountFileReader(hasKeySet ? null : options.Folder.KeySet), reload, cancellationToken);
        Task<Reloadable<SigningCertificateRing>>? signers = options.Proxies is null
            ? null
            : SigningCertificateRing.OpenAsync(options.Folder.SigningCertificate, reload, cancellationToken);
        return new()
        {
            Certificate = await certificate,
            Clients = await clients,
            TokenKeys = tokenKeys is null ? null : await tokenKeys,
            Accounts = await accounts,
            ProxySigners = signers is null ? null : await signers,
            Monitor = monitor,
        };
    }

    /// <summary>Reloads all files now. The log contains the results.</summary>
    internal Task ReloadAsync() => Monitor.ReloadAllAsync();

    public void Dispose()
    {
        Certificate.Dispose();
        Clients.Dispose();
        TokenKeys?.Dispose();
        Accounts.Dispose();
        ProxySigners?.Dispose();
        Monitor.Dispose();
    }
}

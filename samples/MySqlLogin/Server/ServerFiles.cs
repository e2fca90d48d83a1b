using CertAuth;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;
using MySqlLogin.Accounts;
using MySqlLogin.Logging;

namespace MySqlLogin.Server;

/// <summary>Everything that the server reads from files, kept up to date.</summary>
internal sealed class ServerFiles : IDisposable
{
    internal required Reloadable<ServerCertificate> Certificate { get; init; }

    internal required Reloadable<TrustBundle> Clients { get; init; }

    /// <summary>The keys that verify tokens; null where there was no such file at the start, and then no account may log in by
    /// token.</summary>
    internal required Reloadable<TokenKeySet>? TokenKeys { get; init; }

    internal required Reloadable<AccountTable> Accounts { get; init; }

    /// <summary>The proxies' signing certificates; null where there are no proxies.</summary>
    internal required Reloadable<SigningCertificateRing>? ProxySigners { get; init; }

    internal required ReloadMonitor Monitor { get; init; }

    /// <exception cref="InvalidDataException">A file is missing or no good.</exception>
    internal static async Task<ServerFiles> OpenAsync(ServerOptions options, JsonLog log, CancellationToken cancellationToken)
    {
        ReloadMonitor monitor = new();
        ReloadOptions reload = new() { PollInterval = options.PollInterval, Logger = log, Monitor = monitor };
        TrustBundleOptions trust = new() { TimeProvider = options.Clock };
        bool hasKeySet = Path.Exists(options.Folder.KeySet);

        // At the same time: each waits until its files have settled.
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

    /// <summary>Looks at all of them now. What became of it is in the log.</summary>
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

using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;
using Microsoft.Extensions.Logging;

namespace CertAuth.Tests.Docs;

/// <summary>The example of docs/rotation.md. <see cref="PageExampleTests"/> compares the region with the page.</summary>
internal static class RotationExample
{
    /// <returns>The result of the reload, then the status of each material.</returns>
    internal static async Task<string> RunAsync(string caFile, string certFile, string keyFile, string jwksFile, ILogger logger)
    {
        #region rotation
        using ReloadMonitor monitor = new();
        ReloadOptions options = new() { PollInterval = TimeSpan.FromMinutes(1), Logger = logger, Monitor = monitor };
        using Reloadable<TrustBundle> clients = await TrustBundle.OpenAsync(caFile, options: options);
        using Reloadable<ServerCertificate> server = await ServerCertificate.OpenAsync(certFile, keyFile, options);
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(jwksFile, options);

        ServerTls tls = new(new() { ServerCertificate = server, ClientTrust = clients });
        TokenAuthenticator tokens = new(keys);

        // After ALTER INSTANCE RELOAD TLS, SIGHUP or a request from the operator: reload now.
        ReloadResult result = await server.ReloadAsync();

        // For a health check: the worst status first.
        string health = string.Join('\n', monitor.GetStatus().OrderByDescending(status => status.Health));
        #endregion

        GC.KeepAlive(tls);
        GC.KeepAlive(tokens);
        return $"{result}\n{health}";
    }
}

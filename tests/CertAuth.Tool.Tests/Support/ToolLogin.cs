using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Logs in over TLS with the certificates, keys and CA files that the tool wrote.</summary>
internal static class ToolLogin
{
    internal const string Host = "db.example";

    /// <summary>Logs in, and returns the reason of the rejection or <see cref="RejectionReason.None"/>.</summary>
    /// <param name="folder">The folder, with server-cert.pem and server-key.pem.</param>
    /// <param name="client">The beginning of the names of the client's files.</param>
    /// <param name="clientCas">The file with the CAs that the server trusts.</param>
    /// <param name="serverCas">The file with the CAs that the client trusts.</param>
    /// <param name="clause">The REQUIRE clause of the account.</param>
    internal static async Task<RejectionReason> LogInAsync(
        TempFolder folder, string client, string clientCas, string serverCas, string clause)
    {
        byte[] certificate = File.ReadAllBytes(folder["server-cert.pem"]);
        byte[] key = File.ReadAllBytes(folder["server-key.pem"]);
        Assert.True(ServerCertificate.TryParse(certificate, key, out ServerCertificate? server, out var error), error.ToString());
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(server),
            ClientTrust = Source.Fixed(TrustBundle.LoadFile(folder[clientCas])),
        });
        HandshakeOutcome outcome = await tls.ShakeHandsAsync(CreateClientOptions(folder, client, serverCas));
        if (outcome.Rejection is { } rejection)
            return rejection.Reason;

        outcome.Failure.Should().BeNull();
        Account account = Account.WithCertificate("alice", clause);
        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(
            new(account, outcome.Info), TestContext.Current.CancellationToken);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }

    private static SslClientAuthenticationOptions CreateClientOptions(TempFolder folder, string client, string serverCas)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(folder[serverCas]);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(folder[$"{client}-cert.pem"]);
        X509Certificate2 pair = X509Certificate2.CreateFromPemFile(folder[$"{client}-cert.pem"], folder[$"{client}-key.pem"]);
        return new()
        {
            TargetHost = Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = policy,
            ClientCertificateContext = SslStreamCertificateContext.Create(pair, [.. chain.Skip(1)], offline: true),
        };
    }
}

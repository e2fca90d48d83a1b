using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Logins over real TLS with nothing but files that the tool wrote: the server's pair, the clients' pairs, CA files.</summary>
internal static class ToolLogin
{
    internal const string Host = "db.example";

    /// <summary>Logs in; why not, or None.</summary>
    /// <param name="folder">Where the server's pair is: server-cert.pem and server-key.pem.</param>
    /// <param name="client">How the client's files begin.</param>
    /// <param name="clientCas">The file of the CAs that the server trusts.</param>
    /// <param name="serverCas">The file of the CAs that the client trusts.</param>
    /// <param name="clause">What the account requires.</param>
    internal static async Task<RejectionReason> LogInAsync(TempFolder folder, string client, string clientCas, string serverCas, string clause)
    {
        byte[] certificate = File.ReadAllBytes(folder["server-cert.pem"]);
        Assert.True(ServerCertificate.TryParse(certificate, File.ReadAllBytes(folder["server-key.pem"]), out ServerCertificate? server, out var error), error.ToString());
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(server),
            ClientTrust = Source.Fixed(TrustBundle.Parse(File.ReadAllBytes(folder[clientCas]))),
        });
        HandshakeOutcome outcome = await tls.ShakeHandsAsync(ClientOptions(folder, client, serverCas));
        if (outcome.Rejection is { } rejection)
            return rejection.Reason;

        outcome.Failure.Should().BeNull();
        Account account = Account.WithCertificate("alice", clause);
        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(
            new(account, outcome.Info), TestContext.Current.CancellationToken);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }

    private static SslClientAuthenticationOptions ClientOptions(TempFolder folder, string client, string serverCas)
    {
        X509ChainPolicy trusting = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        trusting.CustomTrustStore.ImportFromPemFile(folder[serverCas]);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(folder[$"{client}-cert.pem"]);
        X509Certificate2 pair = X509Certificate2.CreateFromPemFile(folder[$"{client}-cert.pem"], folder[$"{client}-key.pem"]);
        return new()
        {
            TargetHost = Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = trusting,
            ClientCertificateContext = SslStreamCertificateContext.Create(pair, [.. chain.Skip(1)], offline: true),
        };
    }
}

using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Readme;

/// <summary>The example of the README, between the region's lines: a test compares the two and runs this one.</summary>
internal static class ReadmeExample
{
    internal static async Task<string> LogInAsync(
        byte[] caFile,
        System.Security.Cryptography.X509Certificates.X509Certificate2 serverCertificate,
        System.Net.Security.SslStream stream,
        CancellationToken cancellationToken)
    {
        #region readme
        // Once, when the server starts and when it loads its accounts:
        ClientCertificateTls tls = new(new()
        {
            ServerCertificate = new FixedSource<ServerCertificate>(ServerCertificate.Create(serverCertificate)),
            ClientTrust = new FixedSource<TrustBundle>(TrustBundle.Load(caFile)),
            UnverifiedCertificate = UnverifiedCertificatePolicy.Continue,
        });
        Account alice = new("alice", AuthenticationMethod.Certificate,
            LoginRequirement.Parse("REQUIRE SUBJECT '/C=US/O=Example/CN=alice' AND SAN 'URI:spiffe://example/*/alice'"));
        IAuthenticator authenticator = new CertificateAuthenticator();

        // For each connection:
        await stream.AuthenticateAsServerAsync(tls.CreateServerOptions(), cancellationToken);
        TlsConnectionInfo facts = tls.GetConnectionInfo(stream);
        AuthenticationResult result = await authenticator.AuthenticateAsync(
            new() { Account = alice, Connection = facts }, cancellationToken);

        // "allowed: alice by Certificate", or "denied: SubjectMismatch: required /C=US/O=Example/CN=alice; presented …"
        string log = result.ToString();
        #endregion
        return log;
    }
}

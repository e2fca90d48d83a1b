using System.Net;
using System.Net.Security;
using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Readme;

/// <summary>The example of the README. A test compares the region with the README, and runs it.</summary>
internal static class ReadmeExample
{
    internal static async Task<string> LogInAsync(
        byte[] caFile,
        System.Security.Cryptography.X509Certificates.X509Certificate2 serverCertificate,
        System.Net.Sockets.TcpClient connection,
        CancellationToken cancellationToken)
    {
        #region readme
        // Once, when the server starts and when it loads its accounts:
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(ServerCertificate.Create(serverCertificate)),
            ClientTrust = Source.Fixed(TrustBundle.Parse(caFile)),
            UnverifiedCertificate = UnverifiedCertificatePolicy.Continue,
        });
        Account alice = Account.WithCertificate(
            "alice", "REQUIRE SUBJECT '/C=US/O=Example/CN=alice' AND SAN 'URI:spiffe://example/*/alice'");
        LoginAuthenticator authenticator = new();

        // For each connection. What a peer sends leads to a result, never to an exception:
        EndPoint? peer = connection.Client.RemoteEndPoint;
        TlsAcceptResult accepted = await tls.AcceptAsync(connection.GetStream(), peer, cancellationToken);
        if (!accepted.Succeeded)
            return accepted.Rejection.ToString();

        await using SslStream stream = accepted.Stream;
        AuthenticationResult result = await authenticator.AuthenticateAsync(new(alice, accepted.Connection), cancellationToken);

        // "accepted: alice by certificate", or
        // "rejected (106): The subject of the client certificate does not match. Required: /C=US/O=Example/CN=alice; presented: …"
        string log = result.ToString();
        #endregion
        return log;
    }
}

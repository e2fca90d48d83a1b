using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>The rotation of a CA from TiDB's documentation, with the openssl commands of that page, and logins over TLS.</summary>
/// <remarks>The old and the new CA have the same subject, and the leaves are of version 1 or have no key identifier, so that only the
/// signature shows which CA issued them.</remarks>
public sealed class DocumentedRotationTests
{
    private const string CaSubject = "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=TiDB admin/emailAddress=s@pingcap.com";
    private const string ClientSubject =
        "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=tpch-user1/emailAddress=zz@pingcap.com";

    private static readonly Account s_account = Account.WithCertificate(
        "u1", $"REQUIRE SUBJECT '{ClientSubject}' AND ISSUER '{CaSubject}'");

    [Fact]
    public async Task CombinedCaCertificate_AcceptsClientsOfBothCas()
    {
        using OpenSsl openSsl = new();
        CreateCa(openSsl, "old");
        CreateClient(openSsl, "old");
        CreateCa(openSsl, "new");
        CreateClient(openSsl, "new");
        CreateCa(openSsl, "stranger");
        CreateClient(openSsl, "stranger");
        byte[] newFirst = [.. openSsl.ReadFile("new-ca-cert.pem"), .. openSsl.ReadFile("old-ca-cert.pem")];
        byte[] oldFirst = [.. openSsl.ReadFile("old-ca-cert.pem"), .. openSsl.ReadFile("new-ca-cert.pem")];

        foreach (byte[] combined in new[] { newFirst, oldFirst })
        {
            TrustBundle bundle = TrustBundle.Parse(combined);
            bundle.GetWarnings().Count(w => w.Kind == TrustWarningKind.SameSubject).Should().Be(2);
            foreach (SslProtocols version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
            {
                (await LogInAsync(openSsl, bundle, version, "old")).Should().Be(RejectionReason.None);
                (await LogInAsync(openSsl, bundle, version, "new")).Should().Be(RejectionReason.None);
                (await LogInAsync(openSsl, bundle, version, "stranger")).Should().Be(RejectionReason.CertificateBadSignature);
            }
        }

        // The end of the rotation: the old CA is removed.
        TrustBundle newOnly = TrustBundle.Parse(openSsl.ReadFile("new-ca-cert.pem"));
        (await LogInAsync(openSsl, newOnly, SslProtocols.Tls13, "new")).Should().Be(RejectionReason.None);
        (await LogInAsync(openSsl, newOnly, SslProtocols.Tls13, "old")).Should().Be(RejectionReason.CertificateBadSignature);
    }

    // genrsa > ca-key.pem; req -new -x509 -nodes -days 3600 -key ca-key.pem -out ca-cert.pem
    private static void CreateCa(OpenSsl openSsl, string name)
    {
        openSsl.Do("genrsa", "-out", $"{name}-ca-key.pem", "2048");
        openSsl.Do(
            "req", "-new", "-x509", "-nodes", "-days", "3600", "-key", $"{name}-ca-key.pem",
            "-out", $"{name}-ca-cert.pem", "-subj", CaSubject);
    }

    private static void CreateClient(OpenSsl openSsl, string name)
    {
        openSsl.Do(
            "req", "-newkey", "rsa:2048", "-days", "3600", "-nodes", "-keyout", $"{name}-client-key.pem", "-out", $"{name}-client-req.pem",
            "-subj", ClientSubject);
        openSsl.Do("rsa", "-in", $"{name}-client-key.pem", "-out", $"{name}-client-key.pem");
        openSsl.Do(
            "x509", "-req", "-in", $"{name}-client-req.pem", "-days", "3600", "-CA", $"{name}-ca-cert.pem", "-CAkey", $"{name}-ca-key.pem",
            "-set_serial", "01", "-out", $"{name}-client-cert.pem");
    }

    /// <summary>Returns the reason why the client is rejected, in the handshake or after it.</summary>
    private static async Task<RejectionReason> LogInAsync(OpenSsl openSsl, TrustBundle bundle, SslProtocols version, string name)
    {
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(bundle),
        });
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(
            Encoding.ASCII.GetString(openSsl.ReadFile($"{name}-client-cert.pem")),
            Encoding.ASCII.GetString(openSsl.ReadFile($"{name}-client-key.pem")));

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(Loopback.ClientOptions(version, certificate, []));
        if (outcome.Failure is not null)
            return outcome.Rejection!.Reason;

        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(
            new(s_account, outcome.Info), TestContext.Current.CancellationToken);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }
}

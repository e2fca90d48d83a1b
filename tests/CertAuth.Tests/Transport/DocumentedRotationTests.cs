using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using CertAuth.Tls;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Transport;

/// <summary>The rotation of a CA as TiDB's documentation has it, with its own openssl commands, and logins over real TLS.</summary>
/// <remarks>Old and new CA have one subject, and the leaves are of version 1 or without a key identifier: only the signature
/// tells who issued.</remarks>
public sealed class DocumentedRotationTests
{
    private const string CaSubject = "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=TiDB admin/emailAddress=s@pingcap.com";
    private const string ClientSubject =
        "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=tpch-user1/emailAddress=zz@pingcap.com";

    private static readonly Account s_account = Account.WithCertificate(
        "u1", $"REQUIRE SUBJECT '{ClientSubject}' AND ISSUER '{CaSubject}'");

    [Fact]
    public async Task CombinedCaCertificate_LetsClientsOfBothCasIn()
    {
        using OpenSsl openSsl = new();
        MakeCa(openSsl, "old");
        MakeClient(openSsl, "old");
        MakeCa(openSsl, "new");
        MakeClient(openSsl, "new");
        MakeCa(openSsl, "stranger");
        MakeClient(openSsl, "stranger");
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

        // The rotation's end: the old CA is taken out.
        TrustBundle newOnly = TrustBundle.Parse(openSsl.ReadFile("new-ca-cert.pem"));
        (await LogInAsync(openSsl, newOnly, SslProtocols.Tls13, "new")).Should().Be(RejectionReason.None);
        (await LogInAsync(openSsl, newOnly, SslProtocols.Tls13, "old")).Should().Be(RejectionReason.CertificateBadSignature);
    }

    // genrsa > ca-key.pem; req -new -x509 -nodes -days 3600 -key ca-key.pem -out ca-cert.pem
    private static void MakeCa(OpenSsl openSsl, string who)
    {
        openSsl.Do("genrsa", "-out", $"{who}-ca-key.pem", "2048");
        openSsl.Do(
            "req", "-new", "-x509", "-nodes", "-days", "3600", "-key", $"{who}-ca-key.pem",
            "-out", $"{who}-ca-cert.pem", "-subj", CaSubject);
    }

    private static void MakeClient(OpenSsl openSsl, string who)
    {
        openSsl.Do(
            "req", "-newkey", "rsa:2048", "-days", "3600", "-nodes", "-keyout", $"{who}-client-key.pem", "-out", $"{who}-client-req.pem",
            "-subj", ClientSubject);
        openSsl.Do("rsa", "-in", $"{who}-client-key.pem", "-out", $"{who}-client-key.pem");
        openSsl.Do(
            "x509", "-req", "-in", $"{who}-client-req.pem", "-days", "3600", "-CA", $"{who}-ca-cert.pem", "-CAkey", $"{who}-ca-key.pem",
            "-set_serial", "01", "-out", $"{who}-client-cert.pem");
    }

    /// <summary>Why the client is denied, in the handshake or after it.</summary>
    private static async Task<RejectionReason> LogInAsync(OpenSsl openSsl, TrustBundle bundle, SslProtocols version, string who)
    {
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(bundle),
        });
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(
            Encoding.ASCII.GetString(openSsl.ReadFile($"{who}-client-cert.pem")),
            Encoding.ASCII.GetString(openSsl.ReadFile($"{who}-client-key.pem")));

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(Loopback.ClientOptions(version, certificate, []));
        if (outcome.Failure is not null)
            return outcome.Rejection!.Reason;

        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(
            new(s_account, outcome.Info), TestContext.Current.CancellationToken);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }
}

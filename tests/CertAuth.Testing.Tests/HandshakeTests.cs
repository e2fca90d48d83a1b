using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing.Tests;

public sealed class HandshakeTests
{
    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.Rsa2048)]
    public async Task ToX509Certificate2_WorksForBothEndsOfAnSslStream(TestKeyType keyType)
    {
        TestKey key = TestKey.Create(keyType);
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate serverCertificate = sub.Issue(new()
        {
            Subject = TestName.Of(("CN", "db.test")),
            Sans = [TestSan.Dns("db.test")],
            ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
            Key = key,
        });
        TestCertificate clientCertificate = sub.Issue(new() { Subject = TestName.Of(("CN", "bob")), Key = key });

        await using TestTlsLoopback streams = await ConnectAsync(
            new()
            {
                ServerCertificateContext = Context(serverCertificate),
                ClientCertificateRequired = true,
                CertificateChainPolicy = Trusting(root),
            },
            new()
            {
                TargetHost = "db.test",
                ClientCertificateContext = Context(clientCertificate),
                CertificateChainPolicy = Trusting(root),
            });

        (streams.ServerException, streams.ClientException).Should().Be((null, null));
        streams.Server.IsMutuallyAuthenticated.Should().BeTrue();
        streams.Server.RemoteCertificate!.GetRawCertData().Should().Equal(clientCertificate.Der.ToArray());
        streams.Client.RemoteCertificate!.GetRawCertData().Should().Equal(serverCertificate.Der.ToArray());
    }

    [Fact]
    public async Task Handshake_Fails_WhenTheCertificateIsOfAnotherCa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

        await using TestTlsLoopback streams = await ConnectAsync(
            new() { ServerCertificateContext = Context(ca.IssueServer("db.test")) },
            new() { TargetHost = "db.test", CertificateChainPolicy = Trusting(ca.Rotate()) });

        streams.ClientException.Should().BeOfType<AuthenticationException>();
    }

    private static SslStreamCertificateContext Context(TestCertificate certificate) => SslStreamCertificateContext.Create(
        certificate.ToX509Certificate2(),
        [.. certificate.Chain.Select(der => X509CertificateLoader.LoadCertificate(der.Span))],
        offline: true);

    private static X509ChainPolicy Trusting(TestCertificateAuthority anchor)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(anchor.ToX509Certificate2());
        return policy;
    }

    private static Task<TestTlsLoopback> ConnectAsync(SslServerAuthenticationOptions server, SslClientAuthenticationOptions client) =>
        TestTlsLoopback.ConnectAsync(server, new() { Options = client }, TestContext.Current.CancellationToken);
}

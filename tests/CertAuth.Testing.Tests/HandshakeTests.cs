using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FluentAssertions;

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
        (Stream serverEnd, Stream clientEnd) = await ConnectAsync();
        await using SslStream server = new(serverEnd);
        await using SslStream client = new(clientEnd);

        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = Context(serverCertificate),
                ClientCertificateRequired = true,
                CertificateChainPolicy = Trusting(root),
            }, TestContext.Current.CancellationToken),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "db.test",
                ClientCertificateContext = Context(clientCertificate),
                CertificateChainPolicy = Trusting(root),
            }, TestContext.Current.CancellationToken));

        server.IsMutuallyAuthenticated.Should().BeTrue();
        server.RemoteCertificate!.GetRawCertData().Should().Equal(clientCertificate.Der.ToArray());
        client.RemoteCertificate!.GetRawCertData().Should().Equal(serverCertificate.Der.ToArray());
    }

    [Fact]
    public async Task Handshake_Fails_WhenTheCertificateIsOfAnotherCa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        (Stream serverEnd, Stream clientEnd) = await ConnectAsync();
        await using SslStream server = new(serverEnd);
        await using SslStream client = new(clientEnd);
        Task accepting = server.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = Context(ca.IssueServer("db.test")) },
            TestContext.Current.CancellationToken);

        await FluentActions.Awaiting(() => client.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "db.test", CertificateChainPolicy = Trusting(ca.Rotate()) },
            TestContext.Current.CancellationToken)).Should().ThrowExactlyAsync<AuthenticationException>();
        await Record.ExceptionAsync(() => accepting);
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

    private static async Task<(Stream Server, Stream Client)> ConnectAsync()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        TcpClient client = new();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        TcpClient server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        return (server.GetStream(), client.GetStream());
    }
}

using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Testing.Tests;

public sealed class TestTlsLoopbackTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificateAuthority s_intermediate = s_ca.IssueIntermediate(TestName.Of(("CN", "sub")));
    private static readonly TestCertificate s_client = s_intermediate.IssueClient(TestName.Of(("CN", "bob")));
    private static readonly TestCertificate s_untrusted =
        TestCertificateAuthority.Create(TestName.Of(("CN", "another"))).IssueClient(TestName.Of(("CN", "bob")));

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    public async Task ConnectAsync_ReturnsBothSidesOfARealHandshake(SslProtocols version, TlsCipherSuite suite)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(
            Server(), new() { Certificate = s_client, Protocols = version, CipherSuites = [suite] }, cancellation);

        loopback.Succeeded.Should().BeTrue($"{loopback.ServerException}");
        loopback.ClientException.Should().BeNull();
        loopback.Rejection.Should().BeNull();
        loopback.Connection!.Protocol.Should().Be(version);
        loopback.Connection.CipherSuite.Should().Be(suite);
        $"{loopback.Connection.ClientCertificate}".Should().Be("/CN=bob");

        // More data than any buffer between the ends holds, written before it is read.
        byte[] sent = new byte[1_000_000], received = new byte[sent.Length];
        Random.Shared.NextBytes(sent);
        await loopback.Client.WriteAsync(sent, cancellation);
        await loopback.Server.ReadExactlyAsync(received, cancellation);
        received.Should().Equal(sent);
        await loopback.Server.ShutdownAsync();
        (await loopback.Client.ReadAsync(received, cancellation)).Should().Be(0);
    }

    [Fact]
    public async Task ConnectAsync_ReportsAClientWithoutCertificate()
    {
        await using TestTlsLoopback requested = await ConnectAsync(Server(), null);
        await using TestTlsLoopback required = await ConnectAsync(Server(ClientCertificatePolicy.Required), null);

        requested.Succeeded.Should().BeTrue();
        requested.Connection!.ClientCertificate.Should().BeNull();
        requested.Connection.ClientCertificateRequested.Should().BeTrue();
        required.Succeeded.Should().BeFalse();
        (required.Rejection?.Reason).Should().Be(RejectionReason.CertificateMissing);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ConnectAsync_ReportsARejection(SslProtocols version)
    {
        TestTlsClient client = new() { Certificate = s_untrusted, Protocols = version };
        await using TestTlsLoopback failed = await TestTlsLoopback.ConnectAsync(Server(), client, TestContext.Current.CancellationToken);
        await using TestTlsLoopback continued = await TestTlsLoopback.ConnectAsync(
            Server(unverified: UnverifiedCertificatePolicy.Continue), client, TestContext.Current.CancellationToken);

        failed.ServerException.Should().BeOfType<AuthenticationException>();
        failed.Connection.Should().BeNull();
        (failed.Rejection?.Reason).Should().Be(RejectionReason.UntrustedIssuer);
        failed.ClientException.Should().BeNull();
        (await failed.Client.ReadAsync(new byte[1], TestContext.Current.CancellationToken)).Should().Be(0);
        continued.Succeeded.Should().BeTrue();
        (continued.Connection!.ClientCertificateRejection?.Reason).Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public async Task ConnectAsync_ReportsAFailure_WithoutACommonVersion()
    {
        SslServerAuthenticationOptions server = new()
        {
            ServerCertificateContext =
                SslStreamCertificateContext.Create(s_ca.IssueServer("db.test").ToX509Certificate2(), null, offline: true),
            EnabledSslProtocols = SslProtocols.Tls13,
        };
        await using TestTlsLoopback withoutCommonVersion = await TestTlsLoopback.ConnectAsync(
            server, new() { Protocols = SslProtocols.Tls12 }, TestContext.Current.CancellationToken);
        await using TestTlsLoopback withCommonVersion = await TestTlsLoopback.ConnectAsync(
            server, null, TestContext.Current.CancellationToken);

        withoutCommonVersion.ServerException.Should().NotBeNull();
        withoutCommonVersion.ClientException.Should().NotBeNull();
        withCommonVersion.Succeeded.Should().BeTrue();
        withCommonVersion.Connection.Should().BeNull();
    }

    // The options of UpstreamTls, with which a proxy connects to a server.
    [Theory]
    [InlineData("db.test", RejectionReason.None)]
    [InlineData("other.test", RejectionReason.ServerNameMismatch)]
    public async Task ConnectAsync_AcceptsUpstreamOptions(string name, RejectionReason expected)
    {
        TrustBundle trust = TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication });
        UpstreamTls upstream = new(new() { ServerTrust = Source.Fixed(trust) });
        TestTlsClient client = new() { Options = upstream.CreateClientOptions(ServerName.Parse(name)) };
        await using TestTlsLoopback loopback = await ConnectAsync(Server(), client);

        (upstream.GetRejection(loopback.Client)?.Reason ?? RejectionReason.None).Should().Be(expected);
        (loopback.ClientException is null).Should().Be(expected == RejectionReason.None);
    }

    [Fact]
    public async Task ConnectAsync_Throws_WhenCanceled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TestTlsLoopback.ConnectAsync(Server(), null, new CancellationToken(canceled: true)));
    }

    private static Task<TestTlsLoopback> ConnectAsync(ServerTls server, TestTlsClient? client) =>
        TestTlsLoopback.ConnectAsync(server, client, TestContext.Current.CancellationToken);

    private static ServerTls Server(
        ClientCertificatePolicy policy = ClientCertificatePolicy.Requested,
        UnverifiedCertificatePolicy unverified = UnverifiedCertificatePolicy.FailHandshake) => new(new()
        {
            ServerCertificate = Source.Fixed(s_intermediate.IssueServer("db.test").ToServerCertificate()),
            ClientTrust = Source.Fixed(TrustExtensions.Bundle(s_ca.Certificate)),
            ClientCertificate = policy,
            UnverifiedCertificate = unverified,
        });
}

using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Testing;

public sealed class TestTlsLoopbackTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificateAuthority s_intermediate = s_ca.IssueIntermediate(TestName.Of(("CN", "sub")));
    private static readonly TestCertificate s_client = s_intermediate.IssueClient(TestName.Of(("CN", "bob")));
    private static readonly TestCertificate s_stranger =
        TestCertificateAuthority.Create(TestName.Of(("CN", "another"))).IssueClient(TestName.Of(("CN", "bob")));

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    public async Task ConnectAsync_YieldsBothSidesOfARealHandshake(SslProtocols version, TlsCipherSuite suite)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(
            Server(), new() { Certificate = s_client, Versions = version, CipherSuites = [suite] }, cancellation);

        Assert.True(loopback.Succeeded, $"{loopback.ServerFailure}");
        Assert.Null(loopback.ClientFailure);
        Assert.Null(loopback.Refusal);
        Assert.Equal(version, loopback.Connection!.Protocol);
        Assert.Equal(suite, loopback.Connection.CipherSuite);
        Assert.Equal("/CN=bob", $"{loopback.Connection.ClientCertificate}");

        // More than any buffer on the way, written before it is read.
        byte[] sent = new byte[1_000_000], received = new byte[sent.Length];
        Random.Shared.NextBytes(sent);
        await loopback.Client.WriteAsync(sent, cancellation);
        await loopback.Server.ReadExactlyAsync(received, cancellation);
        Assert.Equal(sent, received);
        await loopback.Server.ShutdownAsync();
        Assert.Equal(0, await loopback.Client.ReadAsync(received, cancellation));
    }

    [Fact]
    public async Task ConnectAsync_TellsOfAClientWithoutCertificate()
    {
        await using TestTlsLoopback requested = await ConnectAsync(Server(), null);
        await using TestTlsLoopback required = await ConnectAsync(Server(ClientCertificatePolicy.Required), null);

        Assert.True(requested.Succeeded);
        Assert.Null(requested.Connection!.ClientCertificate);
        Assert.True(requested.Connection.ClientCertificateRequested);
        Assert.False(required.Succeeded);
        Assert.Equal(FailureReason.CertificateMissing, required.Refusal?.Reason);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ConnectAsync_TellsOfARefusal(SslProtocols version)
    {
        TestTlsClient client = new() { Certificate = s_stranger, Versions = version };
        await using TestTlsLoopback failed = await TestTlsLoopback.ConnectAsync(Server(), client, TestContext.Current.CancellationToken);
        await using TestTlsLoopback continued = await TestTlsLoopback.ConnectAsync(
            Server(unverified: UnverifiedCertificatePolicy.Continue), client, TestContext.Current.CancellationToken);

        Assert.IsType<AuthenticationException>(failed.ServerFailure);
        Assert.Null(failed.Connection);
        Assert.Equal(FailureReason.UntrustedIssuer, failed.Refusal?.Reason);
        Assert.Null(failed.ClientFailure);
        Assert.Equal(0, await failed.Client.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.True(continued.Succeeded);
        Assert.Equal(FailureReason.UntrustedIssuer, continued.Connection!.ClientCertificateRefusal?.Reason);
    }

    [Fact]
    public async Task ConnectAsync_EndsWhereThereIsNoCommonVersionOrSuite()
    {
        SslServerAuthenticationOptions server = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(s_ca.IssueServer("db.test").ToX509Certificate2(), null, offline: true),
            EnabledSslProtocols = SslProtocols.Tls13,
        };
        await using TestTlsLoopback apart = await TestTlsLoopback.ConnectAsync(
            server, new() { Versions = SslProtocols.Tls12 }, TestContext.Current.CancellationToken);
        await using TestTlsLoopback together = await TestTlsLoopback.ConnectAsync(server, null, TestContext.Current.CancellationToken);

        Assert.NotNull(apart.ServerFailure);
        Assert.NotNull(apart.ClientFailure);
        Assert.True(together.Succeeded);
        Assert.Null(together.Connection);
    }

    // The other direction: a proxy's side of the library as the client.
    [Theory]
    [InlineData("db.test", FailureReason.None)]
    [InlineData("other.test", FailureReason.ServerNameMismatch)]
    public async Task ConnectAsync_TakesTheOptionsOfAnUpstream(string name, FailureReason expected)
    {
        TrustBundle trust = TrustBundle.Load(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication });
        UpstreamTls upstream = new(new() { ServerTrust = new FixedSource<TrustBundle>(trust) });
        await using TestTlsLoopback loopback = await ConnectAsync(Server(), new() { Options = upstream.CreateClientOptions(ServerName.Parse(name)) });

        Assert.Equal(expected, upstream.GetRefusal(loopback.Client)?.Reason ?? FailureReason.None);
        Assert.Equal(expected == FailureReason.None, loopback.ClientFailure is null);
    }

    [Fact]
    public async Task ConnectAsync_IsCancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TestTlsLoopback.ConnectAsync(Server(), null, new CancellationToken(canceled: true)));
    }

    private static Task<TestTlsLoopback> ConnectAsync(ClientCertificateTls server, TestTlsClient? client) =>
        TestTlsLoopback.ConnectAsync(server, client, TestContext.Current.CancellationToken);

    private static ClientCertificateTls Server(
        ClientCertificatePolicy policy = ClientCertificatePolicy.Requested,
        UnverifiedCertificatePolicy unverified = UnverifiedCertificatePolicy.FailHandshake) => new(new()
        {
            ServerCertificate = new FixedSource<ServerCertificate>(s_intermediate.IssueServer("db.test").ToServerCertificate()),
            ClientTrust = new FixedSource<TrustBundle>(TrustExtensions.Bundle(s_ca.Certificate)),
            ClientCertificate = policy,
            UnverifiedCertificate = unverified,
        });
}

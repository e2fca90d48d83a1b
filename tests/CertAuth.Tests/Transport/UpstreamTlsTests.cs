using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>The handshakes of a proxy with its server.</summary>
public sealed class UpstreamTlsTests
{
    private const string Host = "db.test";
    private static readonly TestName s_caName = TestName.Of(("CN", "server CA"));
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_other = TestCertificateAuthority.Create(s_caName);

    [Theory]
    [InlineData(MinimumTlsVersion.Tls12)]
    [InlineData(MinimumTlsVersion.Tls13)]
    public async Task TrustedServer_IsAccepted_AndReceivesTheProxysCertificate(MinimumTlsVersion version)
    {
        TestCertificate proxy = s_ca.IssueClient(TestName.Of(("CN", "proxy")));
        UpstreamTls tls = new(CreateOptions(s_ca.Pem) with { Certificate = CreateSource(proxy), MinimumVersion = version });
        Outcome outcome = await ShakeHandsAsync(tls, s_ca.IssueServer(Host));
        outcome.Rejection.Should().BeNull();
        outcome.Server!.ClientCertificate!.ToString().Should().Be("/CN=proxy");
    }

    [Fact]
    public async Task ServersOfBothCasOfOneName_AreAccepted_UntilTheOldOneIsRemoved()
    {
        ReplaceableSource<TrustBundle> trust = new(Bundle(s_other.Pem + s_ca.Pem));
        UpstreamTls tls = new(new() { ServerTrust = trust });
        (await ShakeHandsAsync(tls, s_ca.IssueServer(Host))).Rejection.Should().BeNull();
        (await ShakeHandsAsync(tls, s_other.IssueServer(Host))).Rejection.Should().BeNull();

        trust.Current = Bundle(s_other.Pem);
        (await ShakeHandsAsync(tls, s_other.IssueServer(Host))).Rejection.Should().BeNull();
        ((await ShakeHandsAsync(tls, s_ca.IssueServer(Host))).Rejection?.Reason).Should().Be(RejectionReason.CertificateBadSignature);
    }

    [Fact]
    public async Task ServerOfAnotherName_IsRejectedWithBothNames()
    {
        Outcome outcome = await ShakeHandsAsync(new(CreateOptions(s_ca.Pem)), s_ca.IssueServer("other.test"));
        (outcome.Rejection?.Reason).Should().Be(RejectionReason.ServerNameMismatch);
        outcome.Rejection!.Required.Should().Contain(Host);
        outcome.Rejection.Presented.Should().Contain("DNS:other.test");
        outcome.Failure.Should().BeOfType<AuthenticationException>();
    }

    // `openssl x509 -req` creates such certificates by default.
    [Fact]
    public async Task Version1Certificate_IsRejected_BecauseItHasNoNames()
    {
        TestCertificate server = s_ca.Issue(new() { Subject = TestName.Of(("CN", Host)), Version = TestCertificateVersion.V1 });
        Outcome outcome = await ShakeHandsAsync(new(CreateOptions(s_ca.Pem)), server);
        (outcome.Rejection?.Reason).Should().Be(RejectionReason.ServerNameMismatch);
        outcome.Rejection!.Presented.Should().Be("/CN=db.test without subject alternative names");
    }

    [Fact]
    public async Task ServerWithAClientCertificate_IsRejected()
    {
        TestCertificate certificate = s_ca.IssueClient(TestName.Of(("CN", "client")), TestSan.Dns(Host));
        Outcome outcome = await ShakeHandsAsync(new(CreateOptions(s_ca.Pem)), certificate);
        (outcome.Rejection?.Reason).Should().Be(RejectionReason.CertificateWrongUsage);
        outcome.Rejection!.Required.Should().Contain("serverAuth");
    }

    [Fact]
    public async Task UntrustedServer_IsRejected()
    {
        Outcome outcome = await ShakeHandsAsync(new(CreateOptions(s_ca.Pem)), s_other.IssueServer(Host));
        (outcome.Rejection?.Reason).Should().Be(RejectionReason.CertificateBadSignature);
    }

    [Fact]
    public async Task Intermediate_SentByTheServer_IsAccepted()
    {
        TestCertificateAuthority intermediate = s_ca.IssueIntermediate(TestName.Of(("CN", "between")));
        Outcome outcome = await ShakeHandsAsync(new(CreateOptions(s_ca.Pem)), intermediate.IssueServer(Host));
        outcome.Rejection.Should().BeNull();
        outcome.Failure.Should().BeNull();
    }

    [Fact]
    public async Task Handshake_UsesTheOfferedCipherSuite()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Suites cannot be chosen on Windows.");
        UpstreamTls tls = new(CreateOptions(s_ca.Pem) with { CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256] });
        Outcome outcome = await ShakeHandsAsync(tls, s_ca.IssueServer(Host));
        outcome.Server!.CipherSuite.Should().Be(TlsCipherSuite.TLS_AES_128_GCM_SHA256);
    }

    [Fact]
    public void Constructor_RejectsABundleForAnotherPurpose()
    {
        TrustBundle forClients = TrustBundle.Parse(s_ca.Der.Span);
        TrustBundle forServers = Bundle(s_ca.Pem);
        FluentActions.Invoking(() => new UpstreamTls(new() { ServerTrust = Source.Fixed(forClients) }))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new ServerTls(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(forServers),
        })).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = (CertificatePurpose)2 }))
            .Should().ThrowExactly<ArgumentException>();
    }

    // The source belongs to the application; each value is validated when it is used.
    [Fact]
    public async Task Handshake_Throws_WhenTheBundleIsReplacedByOneForAnotherPurpose()
    {
        ReplaceableSource<TrustBundle> trust = new(Bundle(s_ca.Pem));
        UpstreamTls tls = new(new() { ServerTrust = trust });
        trust.Current = TrustBundle.Parse(s_ca.Der.Span);
        Outcome outcome = await ShakeHandsAsync(tls, s_ca.IssueClient(TestName.Of(("CN", "client")), TestSan.Dns(Host)));
        outcome.Failure.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task Handshake_OfAServer_Throws_WhenTheBundleIsReplacedByOneForServers()
    {
        ReplaceableSource<TrustBundle> trust = new(TrustBundle.Parse(s_ca.Der.Span));
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = trust,
        });
        trust.Current = Bundle(s_ca.Pem);
        (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_ca.IssueServer("alice"))).Failure.Should().BeOfType<InvalidOperationException>();
        (await tls.ShakeHandsAsync(SslProtocols.Tls12, s_ca.IssueServer("alice"))).Failure.Should().BeOfType<InvalidOperationException>();
    }

    private static UpstreamTlsOptions CreateOptions(string pem) => new() { ServerTrust = Source.Fixed(Bundle(pem)) };

    private static TrustBundle Bundle(string pem) =>
        TrustBundle.Parse(Encoding.ASCII.GetBytes(pem), new() { Purpose = CertificatePurpose.ServerAuthentication });

    private static ISource<ServerCertificate> CreateSource(TestCertificate certificate) => Source.Fixed(ServerCertificate.Parse(
        Encoding.ASCII.GetBytes(certificate.PemWithChain), Encoding.ASCII.GetBytes(certificate.PrivateKeyPem)));

    private static async Task<Outcome> ShakeHandsAsync(UpstreamTls tls, TestCertificate serverCertificate)
    {
        ServerTls serverTls = new(new()
        {
            ServerCertificate = CreateSource(serverCertificate),
            ClientTrust = Source.Fixed(TrustBundle.Parse(s_ca.Der.Span)),
        });
        TestTlsClient client = new() { Options = tls.CreateClientOptions(ServerName.Parse(Host)) };
        await using TestTlsLoopback streams =
            await TestTlsLoopback.ConnectAsync(serverTls, client, TestContext.Current.CancellationToken);
        (streams.ClientException is not null || streams.Succeeded).Should().BeTrue($"{streams.ServerException}");
        return new(streams.ClientException, tls.GetRejection(streams.Client), streams.Connection);
    }

    private sealed record Outcome(Exception? Failure, Rejection? Rejection, TlsConnectionInfo? Server);
}

using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Tls;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

public sealed class ServerTlsTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificateAuthority s_sub = s_root.IssueIntermediate(TestName.Of(("CN", "upper")))
        .IssueIntermediate(TestName.Of(("CN", "lower")));
    private static readonly ISource<TrustBundle> s_trust = Source.Fixed(Bundle(s_root.Certificate));

    private static readonly Dictionary<string, (TestCertificate? Certificate, RejectionReason Reason)> s_clients = new()
    {
        ["none"] = (null, RejectionReason.CertificateMissing),
        ["good"] = (s_root.IssueClient(s_alice), RejectionReason.None),
        ["with intermediates"] = (s_sub.IssueClient(s_alice), RejectionReason.None),
        ["untrusted"] =
            (TestCertificateAuthority.Create(TestName.Of(("CN", "stranger"))).IssueClient(s_alice), RejectionReason.UntrustedIssuer),
        ["forged"] = (s_root.Rotate().IssueClient(s_alice), RejectionReason.CertificateBadSignature),
        ["expired"] = (
            s_root.Issue(new() { Subject = s_alice, NotAfter = TimeProvider.System.GetUtcNow().AddMinutes(-1) }),
            RejectionReason.CertificateExpired),
    };

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    public static TheoryData<SslProtocols, ClientCertificatePolicy, UnverifiedCertificatePolicy, string> Matrix
    {
        get
        {
            TheoryData<SslProtocols, ClientCertificatePolicy, UnverifiedCertificatePolicy, string> rows = [];
            foreach (SslProtocols version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
            {
                foreach (ClientCertificatePolicy policy in Enum.GetValues<ClientCertificatePolicy>())
                {
                    foreach (UnverifiedCertificatePolicy unverified in Enum.GetValues<UnverifiedCertificatePolicy>())
                    {
                        foreach (string client in s_clients.Keys)
                            rows.Add(version, policy, unverified, client);
                    }
                }
            }

            return rows;
        }
    }

    // Policy                 Certificate      Handshake                      Rejection
    // None                   any              succeeds without a request     none
    // Requested              none             succeeds                       none
    // Required               none             fails, even with Continue      CertificateMissing
    // Requested or Required  verifies         succeeds                       none
    // Requested or Required  does not verify  fails; succeeds with Continue  its reason
    [Theory, MemberData(nameof(Matrix))]
    public async Task CreateServerOptions_AppliesThePolicies(
        SslProtocols version, ClientCertificatePolicy policy, UnverifiedCertificatePolicy unverified, string client)
    {
        ServerTls tls = new(CreateOptions() with { ClientCertificate = policy, UnverifiedCertificate = unverified });
        (TestCertificate? certificate, RejectionReason reason) = s_clients[client];
        bool isRequested = policy != ClientCertificatePolicy.None;
        bool isRejected = isRequested && reason != RejectionReason.None
            && (certificate is not null || policy == ClientCertificatePolicy.Required);
        bool fails = isRejected && (certificate is null || unverified == UnverifiedCertificatePolicy.FailHandshake);

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(version, certificate);

        (outcome.Rejection?.Reason ?? RejectionReason.None).Should().Be(isRejected ? reason : RejectionReason.None);
        if (fails)
        {
            outcome.Failure.Should().BeOfType<AuthenticationException>();
            return;
        }

        outcome.Failure.Should().BeNull();
        TlsConnectionInfo info = outcome.Info!;
        info.Protocol.Should().Be(version);
        info.CipherSuite.Should().Be(outcome.ClientCipherSuite);
        info.ClientCertificateRequested.Should().Be(isRequested);
        info.ClientCertificateRejection.Should().BeSameAs(outcome.Rejection);
        (info.ClientCertificate?.Certificate!.Der.ToArray()).Should().Equal(
            isRequested && reason == RejectionReason.None ? certificate!.Der.ToArray() : null);
        info.AllowedCipherSuites.Should().BeEmpty();
        using var server = Loopback.ServerTestCertificate.ToX509Certificate2();
        Assert.Equal(server.NotBefore.ToUniversalTime(), info.ServerCertificateNotBefore);
        Assert.Equal(server.NotAfter.ToUniversalTime(), info.ServerCertificateNotAfter);
        info.Origin.Should().Be(FactsOrigin.Direct);
    }

    [Fact]
    public async Task CreateServerOptions_AllowsOnlyTls13_WhenItIsTheMinimum()
    {
        ServerTls tls = new(CreateOptions() with { MinimumVersion = MinimumTlsVersion.Tls13 });

        HandshakeOutcome old = await tls.ShakeHandsAsync(SslProtocols.Tls12, s_clients["good"].Certificate);
        HandshakeOutcome current = await tls.ShakeHandsAsync(SslProtocols.Tls13, s_clients["good"].Certificate);

        old.Failure.Should().NotBeNull();
        old.Rejection.Should().BeNull();
        current.Info!.ClientCertificate.Should().NotBeNull();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    public async Task CreateServerOptions_AllowsOnlyTheChosenSuites(SslProtocols version, TlsCipherSuite expected)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Cipher suites cannot be chosen on Windows.");
        ServerTls tls = new(CreateOptions() with
        {
            CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256],
        });

        TlsConnectionInfo info = (await tls.ShakeHandsAsync(version, s_clients["good"].Certificate)).Info!;

        info.CipherSuite.Should().Be(expected);
        info.AllowedCipherSuites.Should().Equal(
            TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    }

    // A resumed session has no intermediates: a leaf that needs some would not verify again.
    [Theory, MemberData(nameof(Versions))]
    public async Task CreateServerOptions_DisablesSessionResumption(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions());
        SslClientAuthenticationOptions client = Loopback.ClientOptions(version, s_clients["with intermediates"].Certificate);

        for (int i = 0; i < 3; i++)
            (await tls.ShakeHandsAsync(client)).Info!.ClientCertificate.Should().NotBeNull();
        tls.CreateServerOptions().AllowTlsResume.Should().BeFalse();
        tls.CreateServerOptions().AllowRenegotiation.Should().BeFalse();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task CreateServerOptions_UsesANewBundle_AtTheNextHandshake(SslProtocols version)
    {
        ReplaceableSource<TrustBundle> trust = new(s_trust.Current);
        ServerTls tls = new(CreateOptions() with { ClientTrust = trust });
        SslClientAuthenticationOptions client = Loopback.ClientOptions(version, s_clients["good"].Certificate);

        (await tls.ShakeHandsAsync(client)).Info!.ClientCertificate.Should().NotBeNull();
        trust.Current = Bundle(s_root.Rotate().Certificate);
        (await tls.ShakeHandsAsync(client)).Rejection!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
        trust.Current = s_trust.Current;
        (await tls.ShakeHandsAsync(client)).Info!.ClientCertificate.Should().NotBeNull();
    }

    [Fact]
    public async Task GetConnectionInfo_Throws_WhenTheStreamHasOptionsOfAnotherInstance()
    {
        ServerTls tls = new(CreateOptions());
        ServerTls another = new(CreateOptions());
        await using SslStream unused = new(new MemoryStream());
        TestTlsClient options = new() { Options = Loopback.ClientOptions(SslProtocols.Tls13, certificate: null) };
        await using TestTlsLoopback streams =
            await TestTlsLoopback.ConnectAsync(another.CreateServerOptions(), options, TestContext.Current.CancellationToken);
        (SslStream server, SslStream client) = (streams.Server, streams.Client);

        FluentActions.Invoking(() => tls.GetConnectionInfo(null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => tls.TryGetConnectionInfo(null!, out _)).Should().ThrowExactly<ArgumentNullException>();
        tls.TryGetConnectionInfo(unused, out _).Should().BeFalse();
        FluentActions.Invoking(() => tls.GetConnectionInfo(unused)).Should().ThrowExactly<InvalidOperationException>();
        FluentActions.Invoking(() => tls.GetConnectionInfo(server)).Should().ThrowExactly<InvalidOperationException>();
        FluentActions.Invoking(() => tls.GetConnectionInfo(client)).Should().ThrowExactly<InvalidOperationException>();
        tls.TryGetConnectionInfo(server, out TlsConnectionInfo? none).Should().BeFalse();
        none.Should().BeNull();
        another.TryGetConnectionInfo(client, out _).Should().BeFalse();
        another.TryGetConnectionInfo(server, out TlsConnectionInfo? connection).Should().BeTrue();
        connection!.CipherSuite.Should().Be(server.NegotiatedCipherSuite);
        another.GetConnectionInfo(server).ClientCertificate.Should().BeNull();
        tls.GetRejection(server).Should().BeNull();
    }

    [Fact]
    public void Constructor_ReportsAllProblems()
    {
        ArgumentException e = FluentActions.Invoking(() => new ServerTls(new()
        {
            ServerCertificate = null!,
            ClientCertificate = (ClientCertificatePolicy)9,
            UnverifiedCertificate = (UnverifiedCertificatePolicy)9,
            MinimumVersion = (MinimumTlsVersion)9,
            CaNames = (CaNamesPolicy)9,
        })).Should().ThrowExactly<ArgumentException>().Which;

        e.Message.Should().Be("ServerTlsOptions: ServerCertificate must not be null. "
        + "ClientTrust must not be null if clients are asked for a certificate. ClientCertificate must be a defined value, but is 9. "
        + "UnverifiedCertificate must be a defined value, but is 9. MinimumVersion must be a defined value, but is 9. "
        + "CaNames must be a defined value, but is 9.");
        FluentActions.Invoking(() => new ServerTls(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    private static ServerTlsOptions CreateOptions() => new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = s_trust,
    };
}

using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Forwarding;

/// <summary>Logins through a proxy while the files of the signing key are replaced on the proxy and on the server.</summary>
public sealed class ForwardedRotationTests : IDisposable
{
    private static readonly DateTimeOffset s_start = TestClock.Now;
    private static readonly byte[] s_challenge = CertInfoRow.DefaultChallenge;
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));
    private static readonly Account s_alice = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");

    private readonly RotationScene _scene = new(s_start);
    private readonly ReloadMonitor _monitor = new();
    private readonly string _name = $"ring-{Guid.NewGuid():N}";
    private readonly MetricProbe _probe;

    public ForwardedRotationTests()
    {
        _probe = new(_name);
        _scene.ServerOptions = _scene.ServerOptions with { Name = _name, Monitor = _monitor };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scene.Dispose();
        _probe.Dispose();
        _monitor.Dispose();
    }

    [Fact]
    public async Task AuthenticateAsync_AcceptsANewSharedKeyAtOnce_WhenTheProxyReloadsFirst()
    {
        TestCertificate old = Issue(), next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);
        ConnectionAttributes issuedBefore = Token(proxy);

        _scene.PutSignerOnServer(next);
        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);

        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
        (await LogInAsync(server, issuedBefore)).Should().Be(RejectionReason.None);
        Reloads.Should().Be(1 + 1);
    }

    // The server reloads early at most once in 5 seconds, so it reads a later file only after that time.
    [Fact]
    public async Task AuthenticateAsync_RejectsANewSharedKeyForAtMostFiveSeconds_WhenTheServerFileIsLate()
    {
        TestCertificate old = Issue(), next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);

        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        _scene.PutSignerOnServer(next);
        _scene.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        _scene.Advance(TimeSpan.FromTicks(1));

        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
        Reloads.Should().Be(1 + 2);
    }

    // An attacker on a proxy connection causes at most one reload in 5 seconds, and valid logins are accepted meanwhile.
    [Fact]
    public async Task AuthenticateAsync_ReloadsOnceInFiveSeconds_WhenSignaturesAreBad()
    {
        TestCertificate certificate = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(certificate);

        await FloodAsync(server, Token(proxy), 2_000);
        Reloads.Should().Be(1 + 1);
        _scene.Advance(TimeSpan.FromSeconds(4.9));
        await FloodAsync(server, Token(proxy), 200);
        Reloads.Should().Be(1 + 1);
        _scene.Advance(TimeSpan.FromSeconds(0.1));
        await FloodAsync(server, Token(proxy), 200);
        Reloads.Should().Be(1 + 2);
        _probe.CountReloads(_name, "unchanged").Should().Be(2);
    }

    // An expired token, or a token for another connection, is no sign of a newer key.
    [Fact]
    public async Task AuthenticateAsync_DoesNotReload_WhenTheSignatureVerifies()
    {
        TestCertificate certificate = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(certificate);
        ConnectionAttributes token = Token(proxy);

        (await LogInAsync(server, token, new byte[20])).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        _scene.Advance(TimeSpan.FromMinutes(2));
        (await LogInAsync(server, token)).Should().Be(RejectionReason.ForwardedInfoExpired);
        (await LogInAsync(server, ConnectionAttributes.None)).Should().Be(RejectionReason.ForwardedInfoMissing);
        Reloads.Should().Be(1);
    }

    [Fact]
    public async Task AuthenticateAsync_AcceptsTheOldSharedKeyFor15Minutes_WhenTheServerReloadsFirst()
    {
        TestCertificate old = Issue(), next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);

        _scene.PutSignerOnServer(next);
        await server.ReloadAsync(Cancellation);
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
        _scene.Advance(TimeSpan.FromMinutes(15));
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
        _scene.Advance(TimeSpan.FromTicks(1));
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.ForwardedInfoBadSignature);

        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task AuthenticateAsync_RejectsEarlierTokens_WhenTheirKeyIsRevoked()
    {
        TestCertificate leaked = Issue(), next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(leaked);
        ConnectionAttributes issuedBefore = Token(proxy);
        ReadOnlyMemory<byte> sha256 = proxy.Current.Certificate.Sha256;
        _scene.PutSignerOnServer(next);
        _scene.PutSignerOnProxy(next);
        await server.ReloadAsync(Cancellation);
        await proxy.ReloadAsync(Cancellation);
        (await LogInAsync(server, issuedBefore)).Should().Be(RejectionReason.None);

        server.Revoke(sha256.Span);

        (await LogInAsync(server, issuedBefore)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task TryIssue_IssuesNoToken_WhenTheSigningCertificateHasExpired()
    {
        TestCertificate brief = Issue(s_start.AddMinutes(10)), next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(brief);
        proxy.Status.Health.Should().Be(MaterialHealth.Degraded);

        _scene.Advance(TimeSpan.FromMinutes(10));
        ConnectionAttributes last = Token(proxy);
        _scene.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Issuer(proxy).TryIssue(s_client, "alice", s_challenge, out CertInfoToken? token, out Rejection? rejection));
        token.Should().BeNull();
        rejection.Reason.Should().Be(RejectionReason.ForwardingSignerInvalid);
        proxy.Status.Health.Should().Be(MaterialHealth.Unhealthy);

        // A token that was signed in the last second is accepted for another 30 seconds.
        _scene.Advance(TimeSpan.FromSeconds(29));
        (await LogInAsync(server, last)).Should().Be(RejectionReason.None);
        _scene.Advance(TimeSpan.FromSeconds(1));
        (await LogInAsync(server, last)).Should().Be(RejectionReason.ForwardedInfoBadSignature);

        _scene.PutSignerOnServer(next);
        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        _scene.Advance(TimeSpan.FromSeconds(5));
        (await LogInAsync(server, Token(proxy))).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task AuthenticateAsync_AcceptsANewProxyKey_WithoutAReloadOfTheServer()
    {
        TestCertificate old = Issue(), next = Issue(), stranger = Issue(name: "client-1");
        Reloadable<SigningKeyPair> proxy = await _scene.OpenSignerAsync(old);
        Reloadable<TrustBundle> trust = await _scene.OpenBundleAsync(TestSigner.Ca);
        CertInfoTokenVerifier verifier = new(new()
        {
            ProxySigners = new() { Trust = trust, SubjectAlternativeNames = [SubjectAlternativeName.Parse("DNS:proxy-1.test")] },
            TimeProvider = _scene.ServerClock,
        });

        (await LogInAsync(verifier, Token(proxy, CertInfoTokenFormat.ProxyKey))).Should().Be(RejectionReason.None);
        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        proxy.Current.Certificate.Der.ToArray().Should().Equal(next.Der.ToArray());
        (await LogInAsync(verifier, Token(proxy, CertInfoTokenFormat.ProxyKey))).Should().Be(RejectionReason.None);
        _scene.PutSignerOnProxy(stranger);
        await proxy.ReloadAsync(Cancellation);
        (await LogInAsync(verifier, Token(proxy, CertInfoTokenFormat.ProxyKey))).Should().Be(RejectionReason.ForwardedSignerMismatch);
    }

    private double Reloads => _probe.CountReloads(_name);

    private static TestCertificate Issue(DateTimeOffset? until = null, string name = "proxy-1") => TestSigner.Ca.Issue(new()
    {
        Subject = TestName.Of(("CN", name)),
        Sans = [TestSan.Dns($"{name}.test")],
        NotAfter = until,
    });

    private static async Task FloodAsync(Reloadable<SigningCertificateRing> server, ConnectionAttributes good, int tokens)
    {
        ConnectionAttributes bad = Tokens.Issue(s_client, TestSigner.Stranger);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = server, TimeProvider = new FixedClock(s_start) });
        int wrong = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation };
        await Parallel.ForAsync(0, tokens, options, async (i, _) =>
        {
            bool isGood = i % 10 == 0;
            RejectionReason reason = await LogInAsync(verifier, isGood ? good : bad);
            if (reason != (isGood ? RejectionReason.None : RejectionReason.ForwardedInfoBadSignature))
                Interlocked.Increment(ref wrong);
        });
        wrong.Should().Be(0);
    }

    private static async Task<RejectionReason> LogInAsync(
        CertInfoTokenVerifier verifier, ConnectionAttributes attributes, byte[]? challenge = null)
    {
        LoginAuthenticator logins = new(new() { RequireSecureTransport = true, CertInfoVerifier = verifier });
        AuthenticationResult result = await logins.AuthenticateAsync(
            new(s_alice, Clients.Tls())
            {
                IsFromProxy = true,
                Challenge = challenge ?? s_challenge,
                Attributes = attributes,
            },
            Cancellation);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }

    private Task<RejectionReason> LogInAsync(
        Reloadable<SigningCertificateRing> server, ConnectionAttributes attributes, byte[]? challenge = null) =>
        LogInAsync(new CertInfoTokenVerifier(new() { SharedKey = server, TimeProvider = _scene.ServerClock }), attributes, challenge);

    private CertInfoTokenIssuer Issuer(Reloadable<SigningKeyPair> proxy, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey) =>
        new(proxy, new() { Format = format, TimeProvider = _scene.ProxyClock });

    private ConnectionAttributes Token(Reloadable<SigningKeyPair> proxy, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey)
    {
        bool isIssued = Issuer(proxy, format).TryIssue(s_client, "alice", s_challenge, out CertInfoToken? token, out Rejection? rejection);
        Assert.True(isIssued, $"{rejection}");
        return new(token!.ToAttributes());
    }
}

using CertAuth.Keys;
using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth.Tests.Reloading;

/// <summary>The steps of docs/rotation.md that replace the signing key of a proxy, also with clocks that differ.</summary>
public sealed class SigningRotationStepTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_message = "the facts of a client"u8.ToArray();

    private readonly RotationScene _scene = new(s_start);
    private readonly TestCertificateAuthority _ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task OldSigningKey_IsAcceptedFor15Minutes_WhenTheServerIsFirst()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);

        _scene.PutSignerOnServer(next);
        await server.ReloadAsync(Cancellation);
        IsAccepted(proxy, server).Should().BeTrue();
        _scene.Advance(TimeSpan.FromMinutes(15));
        IsAccepted(proxy, server).Should().BeTrue();

        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task OldSigningKey_IsRejected_WhenTheProxyIsLate()
    {
        TestCertificate old = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);

        _scene.PutSignerOnServer(Issue());
        await server.ReloadAsync(Cancellation);
        _scene.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        IsAccepted(proxy, server).Should().BeFalse();
    }

    [Fact]
    public async Task NewSigningKey_IsLoadedByAnEarlyReload_WhenTheProxyIsFirst()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);

        _scene.PutSignerOnServer(next);
        _scene.PutSignerOnProxy(next);
        await proxy.ReloadAsync(Cancellation);
        IsAccepted(proxy, server).Should().BeFalse();
        await server.RefreshAsync(server.Current, Cancellation);

        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task RevokedSigningKey_IsRejectedImmediately()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);
        _scene.PutSignerOnServer(next);
        await server.ReloadAsync(Cancellation);
        IsAccepted(proxy, server).Should().BeTrue();

        server.Revoke(proxy.Current.Certificate.Sha256.Span);

        IsAccepted(proxy, server).Should().BeFalse();
        FluentActions.Invoking(() => server.Revoke([1, 2, 3])).Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public async Task NewCertificate_IsRejectedUntilValid_WhenTheServerClockIsBehind()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue(from: s_start.AddMinutes(2));
        var (proxy, server) = await _scene.OpenSigningAsync(old);
        _scene.ProxyClock.Now = s_start.AddMinutes(3);

        _scene.PutSignerOnProxy(next);
        _scene.PutSignerOnServer(next);
        (await proxy.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        ReloadResult rejected = await server.ReloadAsync(Cancellation);
        rejected.Problem.Should().Contain("is not valid yet");
        IsAccepted(proxy, server).Should().BeFalse();

        _scene.ServerClock.Advance(TimeSpan.FromMinutes(3));
        await server.ReloadAsync(Cancellation);
        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task ExpiredCertificate_IsAcceptedFor30Seconds_WhenTheServerClockIsAhead()
    {
        TestCertificate certificate = Issue(until: s_start.AddMinutes(10));
        var (proxy, server) = await _scene.OpenSigningAsync(certificate);

        _scene.ServerClock.Now = s_start.AddMinutes(10).AddSeconds(30.9);
        IsAccepted(proxy, server).Should().BeTrue();
        _scene.ServerClock.Now = s_start.AddMinutes(10).AddSeconds(31);
        IsAccepted(proxy, server).Should().BeFalse();

        // By the clock of the proxy the certificate is valid. Only the server's status and the proxy's warning show the problem.
        proxy.Current.IsValidAt(_scene.ProxyClock.GetUtcNow()).Should().BeTrue();
        proxy.Status.Health.Should().Be(MaterialHealth.Degraded);
        server.Status.Health.Should().Be(MaterialHealth.Unhealthy);
    }

    [Fact]
    public async Task SettingTheWallClock_DoesNotAffectRetention()
    {
        TestCertificate old = Issue();
        var (proxy, server) = await _scene.OpenSigningAsync(old);
        _scene.PutSignerOnServer(Issue());
        await server.ReloadAsync(Cancellation);

        _scene.ServerClock.Now = s_start.AddDays(100);
        IsAccepted(proxy, server).Should().BeTrue();
        _scene.ServerClock.Now = s_start.AddDays(-100);
        IsAccepted(proxy, server).Should().BeTrue();
        _scene.Advance(TimeSpan.FromMinutes(16));
        IsAccepted(proxy, server).Should().BeFalse();
    }

    private static bool IsAccepted(Reloadable<SigningKeyPair> proxy, Reloadable<SigningCertificateRing> server)
    {
        byte[] signature = new byte[KeyBounds.MaxSignatureBytes];
        int length = proxy.Current.Sign(s_message, signature);
        return server.Current.FindSigner(s_message, signature.AsSpan(0, length)) is not null;
    }

    private TestCertificate Issue(DateTimeOffset? from = null, DateTimeOffset? until = null) => _ca.Issue(new()
    {
        Subject = TestName.Of(("CN", "signer")),
        NotBefore = from ?? s_start.AddDays(-400),
        NotAfter = until ?? s_start.AddDays(400),
    });
}

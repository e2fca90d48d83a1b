using CertAuth.Keys;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Reloading;

/// <summary>The steps of docs/rotation.md that replace the signing key of a proxy, also with clocks that differ.</summary>
public sealed class SigningRotationStepTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_message = "the facts of a client"u8.ToArray();

    private readonly TempFolder _folder = new();
    private readonly VirtualClock _proxyClock = new(s_start);
    private readonly VirtualClock _serverClock = new(s_start);
    private readonly TestCertificateAuthority _ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OldSigningKey_IsAcceptedFor15Minutes_WhenTheServerIsFirst()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);

        PutOnServer(next);
        await ReloadAsync(server, _serverClock);
        IsAccepted(proxy, server).Should().BeTrue();
        Pass(TimeSpan.FromMinutes(15));
        IsAccepted(proxy, server).Should().BeTrue();

        PutOnProxy(next);
        await ReloadAsync(proxy, _proxyClock);
        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task OldSigningKey_IsRejected_WhenTheProxyIsLate()
    {
        TestCertificate old = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);

        PutOnServer(Issue());
        await ReloadAsync(server, _serverClock);
        Pass(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        IsAccepted(proxy, server).Should().BeFalse();
    }

    [Fact]
    public async Task NewSigningKey_IsLoadedByAnEarlyReload_WhenTheProxyIsFirst()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);

        PutOnServer(next);
        PutOnProxy(next);
        await ReloadAsync(proxy, _proxyClock);
        IsAccepted(proxy, server).Should().BeFalse();
        await _serverClock.RunAsync(server.RefreshAsync(server.Current, Cancellation).AsTask(), TimeSpan.FromSeconds(1));

        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task RevokedSigningKey_IsRejectedImmediately()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);
        PutOnServer(next);
        await ReloadAsync(server, _serverClock);
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
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);
        _proxyClock.SetWall(s_start.AddMinutes(3));

        PutOnProxy(next);
        PutOnServer(next);
        (await ReloadAsync(proxy, _proxyClock)).Outcome.Should().Be(ReloadOutcome.Loaded);
        ReloadResult rejected = await ReloadAsync(server, _serverClock);
        rejected.Problem.Should().Contain("is not valid yet");
        IsAccepted(proxy, server).Should().BeFalse();

        _serverClock.Advance(TimeSpan.FromMinutes(3));
        await ReloadAsync(server, _serverClock);
        IsAccepted(proxy, server).Should().BeTrue();
    }

    [Fact]
    public async Task ExpiredCertificate_IsAcceptedFor30Seconds_WhenTheServerClockIsAhead()
    {
        TestCertificate certificate = Issue(until: s_start.AddMinutes(10));
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(certificate);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(certificate);

        _serverClock.SetWall(s_start.AddMinutes(10).AddSeconds(30.9));
        IsAccepted(proxy, server).Should().BeTrue();
        _serverClock.SetWall(s_start.AddMinutes(10).AddSeconds(31));
        IsAccepted(proxy, server).Should().BeFalse();

        // By the clock of the proxy the certificate is valid. Only the server's status and the proxy's warning show the problem.
        proxy.Current.IsValidAt(_proxyClock.GetUtcNow()).Should().BeTrue();
        proxy.Status.Health.Should().Be(MaterialHealth.Degraded);
        server.Status.Health.Should().Be(MaterialHealth.Unhealthy);
    }

    [Fact]
    public async Task SettingTheWallClock_DoesNotAffectRetention()
    {
        TestCertificate old = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<SigningCertificateRing> server = await OpenRingAsync(old);
        PutOnServer(Issue());
        await ReloadAsync(server, _serverClock);

        _serverClock.SetWall(s_start.AddDays(100));
        IsAccepted(proxy, server).Should().BeTrue();
        _serverClock.SetWall(s_start.AddDays(-100));
        IsAccepted(proxy, server).Should().BeTrue();
        Pass(TimeSpan.FromMinutes(16));
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

    private void PutOnServer(TestCertificate certificate) => _folder.Replace("server-signer.pem", certificate.Pem);

    private void PutOnProxy(TestCertificate certificate)
    {
        _folder.Replace("signer.pem", certificate.Pem);
        _folder.Replace("signer.key", certificate.PrivateKeyPem);
    }

    private void Pass(TimeSpan time)
    {
        _proxyClock.Advance(time);
        _serverClock.Advance(time);
    }

    private Task<Reloadable<SigningKeyPair>> OpenPairAsync(TestCertificate certificate)
    {
        PutOnProxy(certificate);
        return _proxyClock.RunAsync(
            SigningKeyPair.OpenAsync(_folder["signer.pem"], _folder["signer.key"], Options(_proxyClock), Cancellation),
            TimeSpan.FromSeconds(1));
    }

    private Task<Reloadable<SigningCertificateRing>> OpenRingAsync(TestCertificate certificate)
    {
        PutOnServer(certificate);
        return _serverClock.RunAsync(
            SigningCertificateRing.OpenAsync(_folder["server-signer.pem"], Options(_serverClock), Cancellation), TimeSpan.FromSeconds(1));
    }

    // Only explicit reloads run, so that the steps are independent.
    private static ReloadOptions Options(VirtualClock clock) =>
        new() { TimeProvider = clock, PollInterval = TimeSpan.FromDays(7), SettleDelay = TimeSpan.FromMilliseconds(1) };

    private static Task<ReloadResult> ReloadAsync<T>(Reloadable<T> reloadable, VirtualClock clock)
        where T : class => clock.RunAsync(reloadable.ReloadAsync(Cancellation), TimeSpan.FromMilliseconds(1));
}

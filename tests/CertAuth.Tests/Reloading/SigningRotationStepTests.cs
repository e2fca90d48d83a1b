using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;

namespace CertAuth.Tests.Reloading;

/// <summary>The steps of docs/rotation.md that replace the signing key of a proxy, and what clocks that differ do to them.</summary>
public sealed class SigningRotationStepTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_message = "what a proxy says of its client"u8.ToArray();

    private readonly TempFolder _folder = new();
    private readonly VirtualClock _proxyClock = new(s_start);
    private readonly VirtualClock _serverClock = new(s_start);
    private readonly TestCertificateAuthority _ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SigningKey_ServerFirst_KeepsTheOldFor15Minutes()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);

        PutOnServer(next);
        await LookAsync(server, _serverClock);
        Assert.True(IsAccepted(proxy, server));
        Pass(TimeSpan.FromMinutes(15));
        Assert.True(IsAccepted(proxy, server));

        PutOnProxy(next);
        await LookAsync(proxy, _proxyClock);
        Assert.True(IsAccepted(proxy, server));
    }

    [Fact]
    public async Task SigningKey_ProxyThatIsTooLate_IsRefused()
    {
        TestCertificate old = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);

        PutOnServer(Issue());
        await LookAsync(server, _serverClock);
        Pass(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        Assert.False(IsAccepted(proxy, server));
    }

    [Fact]
    public async Task SigningKey_ProxyFirst_IsFoundByAnEarlyLook()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);

        PutOnServer(next);
        PutOnProxy(next);
        await LookAsync(proxy, _proxyClock);
        Assert.False(IsAccepted(proxy, server));
        await _serverClock.RunAsync(server.RefreshAsync(server.Current, Cancellation).AsTask(), TimeSpan.FromSeconds(1));

        Assert.True(IsAccepted(proxy, server));
    }

    [Fact]
    public async Task SigningKey_RevokedAtOnce()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);
        PutOnServer(next);
        await LookAsync(server, _serverClock);
        Assert.True(IsAccepted(proxy, server));

        server.Revoke(proxy.Current.Certificate.Sha256.Span);

        Assert.False(IsAccepted(proxy, server));
        Assert.Throws<ArgumentException>(() => server.Revoke([1, 2, 3]));
    }

    [Fact]
    public async Task Clocks_ServerBehindRefusesABrandNewCertificateUntilItsTimeComes()
    {
        TestCertificate old = Issue();
        TestCertificate next = Issue(from: s_start.AddMinutes(2));
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);
        _proxyClock.SetWall(s_start.AddMinutes(3));

        PutOnProxy(next);
        PutOnServer(next);
        Assert.Equal(ReloadOutcome.Loaded, (await LookAsync(proxy, _proxyClock)).Outcome);
        ReloadResult refused = await LookAsync(server, _serverClock);
        Assert.Contains("isn't valid yet", refused.Problem, StringComparison.Ordinal);
        Assert.False(IsAccepted(proxy, server));

        _serverClock.Advance(TimeSpan.FromMinutes(3));
        await LookAsync(server, _serverClock);
        Assert.True(IsAccepted(proxy, server));
    }

    [Fact]
    public async Task Clocks_ServerAheadAcceptsAnExpiredCertificateFor30Seconds()
    {
        TestCertificate certificate = Issue(until: s_start.AddMinutes(10));
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(certificate);
        using Reloadable<VerificationRing> server = await OpenRingAsync(certificate);

        _serverClock.SetWall(s_start.AddMinutes(10).AddSeconds(30.9));
        Assert.True(IsAccepted(proxy, server));
        _serverClock.SetWall(s_start.AddMinutes(10).AddSeconds(31));
        Assert.False(IsAccepted(proxy, server));

        // The proxy's own clock says that it is valid: only the server's log and the proxy's warning tell.
        Assert.True(proxy.Current.IsValidAt(_proxyClock.GetUtcNow()));
        Assert.Equal(MaterialHealth.Degraded, proxy.Status.Health);
        Assert.Equal(MaterialHealth.Unhealthy, server.Status.Health);
    }

    [Fact]
    public async Task Clocks_WallThatIsSetLeavesThe15MinutesAlone()
    {
        TestCertificate old = Issue();
        using Reloadable<SigningKeyPair> proxy = await OpenPairAsync(old);
        using Reloadable<VerificationRing> server = await OpenRingAsync(old);
        PutOnServer(Issue());
        await LookAsync(server, _serverClock);

        _serverClock.SetWall(s_start.AddDays(100));
        Assert.True(IsAccepted(proxy, server));
        _serverClock.SetWall(s_start.AddDays(-100));
        Assert.True(IsAccepted(proxy, server));
        Pass(TimeSpan.FromMinutes(16));
        Assert.False(IsAccepted(proxy, server));
    }

    private static bool IsAccepted(Reloadable<SigningKeyPair> proxy, Reloadable<VerificationRing> server)
    {
        byte[] signature = new byte[SignatureKey.MaxSignatureOctets];
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
            Reloadable.OpenSigningKeyPairAsync(_folder["signer.pem"], _folder["signer.key"], Options(_proxyClock), Cancellation),
            TimeSpan.FromSeconds(1));
    }

    private Task<Reloadable<VerificationRing>> OpenRingAsync(TestCertificate certificate)
    {
        PutOnServer(certificate);
        return _serverClock.RunAsync(
            Reloadable.OpenVerificationRingAsync(_folder["server-signer.pem"], Options(_serverClock), Cancellation), TimeSpan.FromSeconds(1));
    }

    // Only the looks that a test asks for, so that each step stands alone.
    private static ReloadOptions Options(VirtualClock clock) =>
        new() { TimeProvider = clock, PollInterval = TimeSpan.FromDays(7), SettleDelay = TimeSpan.FromMilliseconds(1) };

    private static Task<ReloadResult> LookAsync<T>(Reloadable<T> reloadable, VirtualClock clock)
        where T : class => clock.RunAsync(reloadable.ReloadAsync(Cancellation), TimeSpan.FromMilliseconds(1));
}

using System.Security.Cryptography.X509Certificates;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;

namespace CertAuth.Tests.Reloading;

/// <summary>Reloads over hours and days: only the content of files decides, and only the monotonic clock measures intervals.</summary>
public sealed class ClockAndContentTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_settleDelay = TimeSpan.FromMilliseconds(10);

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(s_start);
    private readonly TestCertificateAuthority _ca;
    private readonly ReadCounter<SigningCertificateRing> _reads;

    public ClockAndContentTests()
    {
        _ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")), new() { TimeProvider = _clock });
        _reads = new(new SigningCertificateRingReader(_clock));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReloadOptions Options => new()
    {
        TimeProvider = _clock,
        PollInterval = s_interval,
        SettleDelay = s_settleDelay,
        ReadTimeout = TimeSpan.FromSeconds(59),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-365)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task SettingTheWallClock_DoesNotAffectPolling(int days)
    {
        TestCertificate first = Issue("a");
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(first);
        _clock.Now = s_start.AddDays(days);
        TestCertificate next = Issue("b", from: s_start.AddDays(-1000));
        Put(next);

        await PassAsync(s_interval);

        await UntilAsync(() => !NewestIs(ring, first));
        NewestIs(ring, next).Should().BeTrue();
    }

    [Fact]
    public async Task MissingFile_IsReloaded_WhenItReturnsAfterAnHour()
    {
        TestCertificate first = Issue("a");
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(first);
        File.Delete(_folder["signer.pem"]);
        await PassAsync(TimeSpan.FromHours(1));
        NewestIs(ring, first).Should().BeTrue();
        ring.Status.Health.Should().Be(MaterialHealth.Degraded);
        ring.Status.Age.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(59)).And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(75));

        TestCertificate second = Issue("b");
        Put(second);
        await PassAsync(s_interval * 2);

        await UntilAsync(() => NewestIs(ring, second) && ring.Status is { Problem: null, Health: MaterialHealth.Healthy });
    }

    [Fact]
    public async Task ChangeWithAnOlderWriteTime_IsDetected()
    {
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(Issue("a"));
        TestCertificate second = Issue("b");
        Put(second);
        File.SetLastWriteTimeUtc(_folder["signer.pem"], new(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await ReloadAsync(ring)).Outcome.Should().Be(ReloadOutcome.Loaded);
        NewestIs(ring, second).Should().BeTrue();
    }

    [Fact]
    public async Task UnchangedContent_IsParsedOnce()
    {
        TestCertificate first = Issue("a");
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(first);
        SigningCertificateRing inUse = ring.Current;
        for (TimeSpan day = TimeSpan.Zero; day < TimeSpan.FromDays(1); day += TimeSpan.FromHours(1))
        {
            Put(first);
            (await ReloadAsync(ring)).Outcome.Should().Be(ReloadOutcome.Unchanged);
            await PassAsync(TimeSpan.FromHours(1));
        }

        ring.Current.Should().BeSameAs(inUse);
        _reads.Count.Should().Be(1);
    }

    [Fact]
    public async Task RestoredContent_IsLoadedAgain()
    {
        TestCertificate a = Issue("a");
        TestCertificate b = Issue("b");
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(a);

        Put(b);
        await ReloadAsync(ring);
        Put(a);
        await ReloadAsync(ring);

        ring.Current.Accepted.Select(c => Convert.ToHexString(c.Certificate.Sha256.Span)).Should().Equal(Hash(a), Hash(b));
        await PassAsync(TimeSpan.FromMinutes(16));
        ring.Current.Accepted.Select(c => Convert.ToHexString(c.Certificate.Sha256.Span)).Should().Equal(Hash(a));
    }

    [Fact]
    public async Task CertificateWrittenBeforeItsKey_IsUsedOnceBothMatch()
    {
        TestCertificate first = Issue("a");
        TestCertificate second = Issue("b");
        using Reloadable<SigningKeyPair> pair = await OpenPairAsync(first);

        Put(second);
        await PassAsync(s_interval);
        await UntilAsync(() => pair.Status.Problem is not null);
        Convert.ToHexString(pair.Current.Certificate.Sha256.Span).Should().Be(Hash(first));
        pair.Status.Problem.Should().Contain("One of the two files may not have been replaced yet");

        _folder.Replace("signer.key", second.PrivateKeyPem);
        await PassAsync(s_interval * 2);
        await UntilAsync(() => Hash(second) == Convert.ToHexString(pair.Current.Certificate.Sha256.Span) && pair.Status.Problem is null);
    }

    [Fact]
    public async Task FailedPoll_IsRetriedAfterAMinute()
    {
        TestCertificate second = Issue("b");
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(Issue("a"));
        File.Delete(_folder["signer.pem"]);
        await PassAsync(s_interval);
        await UntilAsync(() => ring.Status.Problem is not null);

        Put(second);
        await PassAsync(TimeSpan.FromMinutes(2));

        await UntilAsync(() => NewestIs(ring, second));
        _clock.GetUtcNow().Should().BeOnOrAfter(s_start).And.BeOnOrBefore(s_start + (1.9 * s_interval));
    }

    [Fact]
    public async Task Reload_WaitsForTheKey_WhenTheCertificateWasWrittenFirst()
    {
        TestCertificate first = Issue("a");
        TestCertificate second = Issue("b");
        using Reloadable<SigningKeyPair> pair = await OpenPairAsync(first);

        Put(second);
        Task<ReloadResult> reload = pair.ReloadAsync(Cancellation);
        await Eventually.HoldsAsync(() => _clock.HasTimer(s_settleDelay));
        _folder.Replace("signer.key", second.PrivateKeyPem);

        (await _clock.RunAsync(reload, s_settleDelay)).Outcome.Should().Be(ReloadOutcome.Loaded);
    }

    [Theory]
    [InlineData("expired", "signer.pem has expired.")]
    [InlineData("early", "signer.pem is not valid yet.")]
    [InlineData("weak", "It is RSA 1024.")]
    [InlineData("usage", "lacks digitalSignature")]
    [InlineData("other key", "does not belong to the first certificate")]
    [InlineData("encrypted", "is encrypted")]
    public async Task UnusablePair_IsRejected(string fault, string expected)
    {
        TestCertificate first = Issue("a");
        using Reloadable<SigningKeyPair> pair = await OpenPairAsync(first);
        SigningKeyPair inUse = pair.Current;

        TestCertificate bad = Issue(
            fault, from: fault == "early" ? s_start.AddDays(1) : null, until: fault == "expired" ? s_start.AddSeconds(-1) : null);
        if (fault == "weak")
            bad = _ca.Issue(new() { Subject = TestName.Of(("CN", "weak")), KeyType = TestKeyType.Rsa1024 });
        if (fault == "usage")
            bad = _ca.Issue(new() { Subject = TestName.Of(("CN", "usage")), KeyUsage = X509KeyUsageFlags.KeyEncipherment });
        Put(bad);
        _folder.Replace("signer.key", fault switch
        {
            "other key" => first.PrivateKeyPem,
            "encrypted" => "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
            _ => bad.PrivateKeyPem,
        });
        ReloadResult result = await ReloadAsync(pair);

        result.Outcome.Should().Be(ReloadOutcome.Failed);
        result.Problem.Should().Contain(expected);
        pair.Current.Should().BeSameAs(inUse);
    }

    [Fact]
    public async Task CertificateNotYetValid_IsUsedOnceValid()
    {
        TestCertificate first = Issue("a");
        TestCertificate early = Issue("b", from: s_start.AddMinutes(25));
        using Reloadable<SigningCertificateRing> ring = await OpenAsync(first);
        Put(early);

        await PassAsync(TimeSpan.FromMinutes(20));
        NewestIs(ring, first).Should().BeTrue();
        await PassAsync(TimeSpan.FromMinutes(20));

        await UntilAsync(() => NewestIs(ring, early));
    }

    [Fact]
    public async Task ExpiredServerCertificate_OpensButDoesNotReplaceAValidOne()
    {
        TestCertificate good = Issue("db.test", s_start.AddDays(-1), s_start.AddHours(1));
        TestCertificate expired = Issue("db.test", s_start.AddDays(-2), s_start.AddDays(-1));
        _folder.Write("tls.pem", expired.Pem + expired.PrivateKeyPem);
        using Reloadable<ServerCertificate> server = await OpenAsync(
            ServerCertificate.OpenAsync(_folder["tls.pem"], _folder["tls.pem"], Options, Cancellation));
        server.Status.Health.Should().Be(MaterialHealth.Unhealthy);

        _folder.Replace("tls.pem", good.Pem + good.PrivateKeyPem);
        (await ReloadAsync(server)).Outcome.Should().Be(ReloadOutcome.Loaded);
        server.Status.Health.Should().Be(MaterialHealth.Degraded);

        _folder.Replace("tls.pem", expired.Pem + expired.PrivateKeyPem);
        ReloadResult result = await ReloadAsync(server);
        result.Outcome.Should().Be(ReloadOutcome.Failed);
        result.Problem.Should().StartWith("The new material expired at ");
        server.Current.Parsed!.Der.ToArray().Should().Equal(good.Der.ToArray());
    }

    private static string Hash(TestCertificate certificate) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(certificate.Der.Span));

    private static bool NewestIs(Reloadable<SigningCertificateRing> ring, TestCertificate certificate) =>
        ring.Current.Newest.Certificate.Der.Span.SequenceEqual(certificate.Der.Span);

    private TestCertificate Issue(string name, DateTimeOffset? from = null, DateTimeOffset? until = null) => _ca.Issue(new()
    {
        Subject = TestName.Of(("CN", name)),
        NotBefore = from ?? s_start.AddDays(-400),
        NotAfter = until ?? s_start.AddDays(400),
    });

    private void Put(TestCertificate certificate) => _folder.Replace("signer.pem", certificate.Pem);

    private async Task<Reloadable<SigningCertificateRing>> OpenAsync(TestCertificate first)
    {
        Put(first);
        return await OpenAsync(Reloadable.OpenAsync([_folder["signer.pem"]], _reads, Options, Cancellation));
    }

    private Task<Reloadable<SigningKeyPair>> OpenPairAsync(TestCertificate first)
    {
        Put(first);
        _folder.Write("signer.key", first.PrivateKeyPem);
        return OpenAsync(SigningKeyPair.OpenAsync(_folder["signer.pem"], _folder["signer.key"], Options, Cancellation));
    }

    private Task<T> OpenAsync<T>(Task<T> opening) => _clock.RunAsync(opening, s_settleDelay);

    private Task<ReloadResult> ReloadAsync<T>(Reloadable<T> reloadable)
        where T : class => _clock.RunAsync(reloadable.ReloadAsync(Cancellation), s_settleDelay);

    // Advances the clock in steps. Each step waits for the reload that it started on another thread.
    private async Task PassAsync(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
            await StepAsync(TimeSpan.FromMinutes(1));
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
            await StepAsync(TimeSpan.FromSeconds(1));

        condition().Should().BeTrue();
    }

    // The timer of the next poll exists only between reloads.
    private async Task StepAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await Eventually.HoldsAsync(() =>
        {
            _clock.EndDelay(s_settleDelay);
            return _clock.HasTimer(s_interval) || _clock.HasTimer(s_retryInterval);
        });
    }
}

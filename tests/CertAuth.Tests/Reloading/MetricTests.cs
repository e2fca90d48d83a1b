using CertAuth.Reloading;
using CertAuth.Tls;

namespace CertAuth.Tests.Reloading;

/// <summary>The metrics of the meter CertAuth, and the status that they are computed from.</summary>
public sealed class MetricTests : IDisposable
{
    private const string Age = "certauth.material.age";
    private const string TimeToExpiry = "certauth.material.time_to_expiry";

    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(s_start);
    private readonly StubMaterialReader _reader = new(s_start);
    private readonly string _prefix = $"{Guid.NewGuid():N}-";
    private readonly ReloadMonitor _monitor = new();
    private readonly MetricProbe _probe;

    public MetricTests() => _probe = new(_prefix);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _probe.Dispose();
        _monitor.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reloads_AreCountedByOutcome()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        foreach (string content in new[] { "first", "second", "second", "!broken", "?thrown", "third" })
            await ReloadAsync(one, origin, content);
        await two.ReloadAsync(Cancellation);

        (Count("one", "loaded"), Count("one", "unchanged"), Count("one", "failed")).Should().Be((3, 2, 2));
        (Count("two", "loaded"), Count("two", "unchanged"), Count("two", "failed")).Should().Be((2, 0, 0));
        _probe.Measurements.Should().AllSatisfy(m => m.Tags.Keys.Order().Should().Equal("material", "outcome"));
        _probe.Measurements.Should().AllSatisfy(m => m.Unit.Should().Be("{reload}"));
    }

    [Fact]
    public async Task Gauges_ReportEachMaterialOfASharedMonitor()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 10"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        origin.Content = StubMaterialReader.Note("forever");
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        _clock.Advance(TimeSpan.FromHours(1));
        (await two.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Gauges().Should().Equal((Age, "one", 3_660), (Age, "two", 60), (TimeToExpiry, "one", (10 * 86_400) - 3_660));
        _probe.Measurements.Where(m => m.Instrument is Age or TimeToExpiry).Should().AllSatisfy(
            m => (m.Tags.Count, m.Unit).Should().Be((1, "s")));

        await ReloadAsync(one, origin, null);
        _clock.Advance(TimeSpan.FromDays(10));
        Gauges().Should().Equal((Age, "one", 867_660), (Age, "two", 864_060), (TimeToExpiry, "one", -3_660));
    }

    [Fact]
    public async Task Gauges_UseTheMonotonicClockForAgeAndTheWallClockForExpiry()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 10"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Now = s_start.AddDays(-1);

        Gauges().Should().Equal((Age, "one", 1), (TimeToExpiry, "one", 11 * 86_400));
    }

    [Fact]
    public async Task DisposedMaterial_IsNotMeasured()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 10"));
        Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        one.Dispose();

        Gauges().Should().Equal((Age, "two", 0), (TimeToExpiry, "two", 864_000));
        _monitor.GetStatus().Should().ContainSingle().Which.Name.Should().Be(_prefix + "two");
        _monitor.Dispose();
        Gauges().Should().BeEmpty();
        await two.ReloadAsync(Cancellation);
        Count("two", "unchanged").Should().Be(0);
    }

    [Fact]
    public async Task MaterialWithoutAMonitor_IsNotMeasured()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one") with { Monitor = null });
        (await one.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);

        Gauges().Should().BeEmpty();
        _monitor.GetStatus().Should().BeEmpty();
        one.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    [Fact]
    public async Task Tags_ContainOnlyTheMaterialName()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "secret-subject")));
        TestCertificate server = root.IssueServer("secret.host");
        _folder.Write("tls.crt", server.PemWithChain);
        _folder.Write("tls.key", server.PrivateKeyPem);
        using Reloadable<ServerCertificate> certificate = await ServerCertificate.OpenAsync(
            _folder["tls.crt"], _folder["tls.key"], Options("tls") with { TimeProvider = TimeProvider.System }, Cancellation);
        await certificate.ReloadAsync(Cancellation);
        _folder.Write("tls.key", "secret.content");
        await certificate.ReloadAsync(Cancellation);
        _probe.Gauge();

        _probe.Measurements.Select(m => m.Instrument).Distinct().Order().Should().Equal(Age, "certauth.material.reloads", TimeToExpiry);
        _probe.Measurements.SelectMany(m => m.Tags.Values).Select(value => $"{value}").Distinct().Order(StringComparer.Ordinal)
            .Should().Equal(
            _prefix + "tls", "failed", "loaded", "unchanged");
    }

    [Fact]
    public async Task Health_ReflectsReloadsAndTime()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 31; odd"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one") with { MaxAge = TimeSpan.FromDays(50) });

        AssertStatus(MaterialHealth.Healthy, problem: null);
        await ReloadAsync(note, origin, "!broken");
        AssertStatus(MaterialHealth.Degraded, "broken");
        await ReloadAsync(note, origin, "first; ; 31; odd");
        AssertStatus(MaterialHealth.Healthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(1));
        AssertStatus(MaterialHealth.Degraded, problem: null);
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        AssertStatus(MaterialHealth.Degraded, problem: null);
        _clock.Advance(TimeSpan.FromTicks(1));
        AssertStatus(MaterialHealth.Unhealthy, problem: null);
        await ReloadAsync(note, origin, "second");
        AssertStatus(MaterialHealth.Healthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(51));
        AssertStatus(MaterialHealth.Healthy, problem: null);
        await ReloadAsync(note, origin, null);
        AssertStatus(MaterialHealth.Unhealthy, "There is no content.");
        await ReloadAsync(note, origin, "second");
        AssertStatus(MaterialHealth.Healthy, problem: null);
    }

    [Fact]
    public async Task Health_IsUnhealthy_UntilTheMaterialIsValid()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("early; 1; 100"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one"));

        AssertStatus(MaterialHealth.Unhealthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(1));
        AssertStatus(MaterialHealth.Healthy, problem: null);
        await ReloadAsync(note, origin, "earlier; 2; 100");
        note.Current.Should().Be("early");
        _clock.Advance(TimeSpan.FromDays(1));
        await ReloadAsync(note, origin, "earlier; 2; 100");
        note.Current.Should().Be("earlier");
    }

    [Fact]
    public async Task Status_DescribesTheCurrentMaterial()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 31; odd"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one"));
        _clock.Advance(TimeSpan.FromHours(2));
        await ReloadAsync(note, origin, "first; ; 31; odd");
        _clock.Advance(TimeSpan.FromHours(1));
        await ReloadAsync(note, origin, "!broken");

        MaterialStatus status = note.Status;
        (status.Name, status.Description, status.Problem).Should().Be(($"{_prefix}one", "first", "broken"));
        (status.LoadedAt, status.Age).Should().Be((s_start, TimeSpan.FromHours(1)));
        (status.ExpiresAt, status.TimeToExpiry).Should().Be((s_start.AddDays(31), TimeSpan.FromHours((31 * 24) - 3)));
        status.Warnings.Should().Equal("odd");
        status.ToString().Should().Be($"{_prefix}one is degraded: first. The last reload failed: broken");
    }

    private static Task<ReloadResult> ReloadAsync(Reloadable<string> note, GatedOrigin origin, string? content)
    {
        origin.Content = content is null ? null : StubMaterialReader.Note(content);
        return note.ReloadAsync(Cancellation);
    }

    private ReloadOptions Options(string name) =>
        new() { Name = _prefix + name, Monitor = _monitor, TimeProvider = _clock, PollInterval = TimeSpan.FromDays(7) };

    private double Count(string name, string outcome) => _probe.CountReloads(_prefix + name, outcome);

    private (string, string, double)[] Gauges() =>
        [.. _probe.Gauge().Select(m => (m.Instrument, m.Material[_prefix.Length..], m.Value)).Order()];

    private void AssertStatus(MaterialHealth health, string? problem)
    {
        MaterialStatus status = _monitor.GetStatus().Should().ContainSingle().Which;
        (status.Health, status.Problem).Should().Be((health, problem));
    }
}

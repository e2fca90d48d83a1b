using CertAuth.Reloading;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tls;

namespace CertAuth.Tests.Reloading;

/// <summary>The metrics of the meter CertAuth, and the status from which they come.</summary>
public sealed class MetricTests : IDisposable
{
    private const string Age = "certauth.material.age";
    private const string TimeToExpiry = "certauth.material.time_to_expiry";

    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly VirtualClock _clock = new(s_start);
    private readonly NoteReader _reader = new(s_start);
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
    public async Task Looks_AreCountedByOutcome()
    {
        GatedOrigin origin = new(NoteReader.Note("first"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        foreach (string content in new[] { "first", "second", "second", "!broken", "?thrown", "third" })
            await LookAsync(one, origin, content);
        await two.ReloadAsync(Cancellation);

        Assert.Equal((3, 2, 2), (Count("one", "loaded"), Count("one", "unchanged"), Count("one", "failed")));
        Assert.Equal((2, 0, 0), (Count("two", "loaded"), Count("two", "unchanged"), Count("two", "failed")));
        Assert.All(_probe.Measured, m => Assert.Equal(["material", "outcome"], m.Tags.Keys.Order()));
        Assert.All(_probe.Measured, m => Assert.Equal("{reload}", m.Unit));
    }

    [Fact]
    public async Task Gauges_TellEachMaterialOfASharedMonitor()
    {
        GatedOrigin origin = new(NoteReader.Note("first; ; 10"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        origin.Content = NoteReader.Note("for ever");
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReloadOutcome.Unchanged, (await two.ReloadAsync(Cancellation)).Outcome);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(
            [(Age, "one", 3_660), (Age, "two", 60), (TimeToExpiry, "one", (10 * 86_400) - 3_660)],
            Gauges());
        Assert.All(_probe.Measured.Where(m => m.Instrument is Age or TimeToExpiry), m => Assert.Equal((1, "s"), (m.Tags.Count, m.Unit)));

        await LookAsync(one, origin, null);
        _clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(
            [(Age, "one", 867_660), (Age, "two", 864_060), (TimeToExpiry, "one", -3_660)],
            Gauges());
    }

    [Fact]
    public async Task Gauges_FollowTheMonotonicClockForTheAgeAndTheWallForTheExpiry()
    {
        GatedOrigin origin = new(NoteReader.Note("first; ; 10"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.SetWall(s_start.AddDays(-1));

        Assert.Equal([(Age, "one", 1), (TimeToExpiry, "one", 11 * 86_400)], Gauges());
    }

    [Fact]
    public async Task EndedMaterial_IsMeasuredNoMore()
    {
        GatedOrigin origin = new(NoteReader.Note("first; ; 10"));
        Reloadable<string> one = await origin.OpenAsync(_reader, Options("one"));
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two"));
        one.Dispose();

        Assert.Equal([(Age, "two", 0), (TimeToExpiry, "two", 864_000)], Gauges());
        Assert.Equal(_prefix + "two", Assert.Single(_monitor.GetStatus()).Name);
        _monitor.Dispose();
        Assert.Empty(Gauges());
        await two.ReloadAsync(Cancellation);
        Assert.Equal(0, Count("two", "unchanged"));
    }

    [Fact]
    public async Task MaterialWithoutAMonitor_IsNotMeasured()
    {
        GatedOrigin origin = new(NoteReader.Note("first"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one") with { Monitor = null });
        Assert.Equal(ReloadOutcome.Unchanged, (await one.ReloadAsync(Cancellation)).Outcome);

        Assert.Empty(Gauges());
        Assert.Empty(_monitor.GetStatus());
        Assert.Equal(MaterialHealth.Healthy, one.Status.Health);
    }

    [Fact]
    public async Task Tags_NameTheMaterialAndNothingInIt()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "secret-subject")));
        TestCertificate server = root.IssueServer("secret.host");
        _folder.Write("tls.crt", server.PemWithChain);
        _folder.Write("tls.key", server.PrivateKeyPem);
        using Reloadable<ServerCertificate> certificate = await Reloadable.OpenServerCertificateAsync(
            _folder["tls.crt"], _folder["tls.key"], Options("tls") with { TimeProvider = TimeProvider.System }, Cancellation);
        await certificate.ReloadAsync(Cancellation);
        _folder.Write("tls.key", "secret.content");
        await certificate.ReloadAsync(Cancellation);
        _probe.Gauge();

        Assert.Equal(
            [Age, "certauth.material.reloads", TimeToExpiry],
            _probe.Measured.Select(m => m.Instrument).Distinct().Order());
        Assert.Equal(
            [_prefix + "tls", "failed", "loaded", "unchanged"],
            _probe.Measured.SelectMany(m => m.Tags.Values).Select(value => $"{value}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_FollowsTheLooksAndTheTime()
    {
        GatedOrigin origin = new(NoteReader.Note("first; ; 31; odd"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one") with { MaxAge = TimeSpan.FromDays(50) });

        AssertStatus(MaterialHealth.Healthy, problem: null);
        await LookAsync(note, origin, "!broken");
        AssertStatus(MaterialHealth.Degraded, "broken");
        await LookAsync(note, origin, "first; ; 31; odd");
        AssertStatus(MaterialHealth.Healthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(1));
        AssertStatus(MaterialHealth.Degraded, problem: null);
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        AssertStatus(MaterialHealth.Degraded, problem: null);
        _clock.Advance(TimeSpan.FromTicks(1));
        AssertStatus(MaterialHealth.Unhealthy, problem: null);
        await LookAsync(note, origin, "second");
        AssertStatus(MaterialHealth.Healthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(51));
        AssertStatus(MaterialHealth.Healthy, problem: null);
        await LookAsync(note, origin, null);
        AssertStatus(MaterialHealth.Unhealthy, "There is nothing.");
        await LookAsync(note, origin, "second");
        AssertStatus(MaterialHealth.Healthy, problem: null);
    }

    [Fact]
    public async Task Health_OfWhatIsNotYetValidWaitsForItsTime()
    {
        GatedOrigin origin = new(NoteReader.Note("early; 1; 100"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one"));

        AssertStatus(MaterialHealth.Unhealthy, problem: null);
        _clock.Advance(TimeSpan.FromDays(1));
        AssertStatus(MaterialHealth.Healthy, problem: null);
        await LookAsync(note, origin, "earlier; 2; 100");
        Assert.Equal("early", note.Current);
        _clock.Advance(TimeSpan.FromDays(1));
        await LookAsync(note, origin, "earlier; 2; 100");
        Assert.Equal("earlier", note.Current);
    }

    [Fact]
    public async Task Status_TellsWhatIsInUseAndSinceWhen()
    {
        GatedOrigin origin = new(NoteReader.Note("first; ; 31; odd"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, Options("one"));
        _clock.Advance(TimeSpan.FromHours(2));
        await LookAsync(note, origin, "first; ; 31; odd");
        _clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(note, origin, "!broken");

        MaterialStatus status = note.Status;
        Assert.Equal(($"{_prefix}one", "first", "broken"), (status.Name, status.Description, status.Problem));
        Assert.Equal((s_start, TimeSpan.FromHours(1)), (status.LoadedAt, status.Age));
        Assert.Equal((s_start.AddDays(31), TimeSpan.FromHours((31 * 24) - 3)), (status.Expires, status.TimeToExpiry));
        Assert.Equal(["odd"], status.Warnings);
        Assert.Equal($"{_prefix}one: Degraded, first; broken", status.ToString());
    }

    private static Task<ReloadResult> LookAsync(Reloadable<string> note, GatedOrigin origin, string? content)
    {
        origin.Content = content is null ? null : NoteReader.Note(content);
        return note.ReloadAsync(Cancellation);
    }

    private ReloadOptions Options(string name) =>
        new() { Name = _prefix + name, Monitor = _monitor, TimeProvider = _clock, PollInterval = TimeSpan.FromDays(7) };

    private double Count(string name, string outcome) => _probe.CountLooks(_prefix + name, outcome);

    private (string, string, double)[] Gauges() =>
        [.. _probe.Gauge().Select(m => (m.Instrument, m.Material[_prefix.Length..], m.Value)).Order()];

    private void AssertStatus(MaterialHealth health, string? problem)
    {
        MaterialStatus status = Assert.Single(_monitor.GetStatus());
        Assert.Equal((health, problem), (status.Health, status.Problem));
    }
}

using System.Diagnostics.Metrics;
using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Loggers, meter listeners and readers of the application that fail, and disposal during a reload: reloads continue, or end
/// without an effect.</summary>
public sealed class ApplicationFaultTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FixedClock _clock = new(s_start);
    private readonly GatedOrigin _origin = new(StubMaterialReader.Note("first; ; 31; odd"));
    private readonly StubMaterialReader _reader = new(s_start);
    private readonly ReloadOptions _options;

    public ApplicationFaultTests() =>
        _options = new() { Name = $"application-{Guid.NewGuid():N}", TimeProvider = _clock, PollInterval = TimeSpan.FromDays(7) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task ThrowingLogger_DoesNotAffectReloads()
    {
        using MetricProbe probe = new(_options.Name!);
        using ReloadMonitor monitor = new();
        using Reloadable<string> note = await _origin.OpenAsync(
            _reader, _options with { Logger = new ThrowingLogger(), Monitor = monitor, MaxAge = TimeSpan.FromDays(3) });

        (await ReloadAsync(note, "second; ; 31; odd")).Outcome.Should().Be(ReloadOutcome.Loaded);
        note.Current.Should().Be("second");
        (await ReloadAsync(note, "!broken")).Problem.Should().Be("broken");
        (await ReloadAsync(note, "second; ; 31; odd")).Outcome.Should().Be(ReloadOutcome.Unchanged);
        _clock.Advance(TimeSpan.FromDays(40));
        (await ReloadAsync(note, null)).Problem.Should().Be("There is no content.");
        (await note.RefreshAsync(note.Current, Cancellation)).Should().Be("stale");
        probe.CountReloads(_options.Name!, "loaded").Should().Be(2);
    }

    [Fact]
    public async Task ThrowingLogger_DoesNotStopPolling()
    {
        using Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Logger = new ThrowingLogger() });
        for (int i = 0; i < 5; i++)
        {
            string content = $"note {i}";
            _origin.Content = StubMaterialReader.Note(content);
            await Eventually.HoldsAsync(() =>
            {
                _clock.Advance(TimeSpan.FromDays(1));
                return note.Current == content;
            });
        }
    }

    [Fact]
    public async Task ThrowingMeterListener_DoesNotAffectReloads()
    {
        using Reloadable<string> note = await _origin.OpenAsync(_reader, _options);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ReloadMonitor.MeterName && !instrument.IsObservable)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.ToArray().Any(tag => tag.Value as string == _options.Name))
                throw new InvalidOperationException("The exporter is broken.");
        });
        listener.Start();

        (await ReloadAsync(note, "second")).Outcome.Should().Be(ReloadOutcome.Loaded);
        (await note.RefreshAsync("second", Cancellation)).Should().Be("second");
        (await ReloadAsync(note, "!broken")).Problem.Should().Be("broken");
    }

    [Fact]
    public async Task MonitorDisposedEarly_DoesNotAffectReloads()
    {
        RecordingLogger logger = new();
        ReloadMonitor monitor = new();
        using Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Monitor = monitor, Logger = logger });
        monitor.Dispose();

        (await ReloadAsync(note, "second")).Outcome.Should().Be(ReloadOutcome.Loaded);
        (await ReloadAsync(note, null)).Outcome.Should().Be(ReloadOutcome.Failed);
        logger.Ids.Should().Equal(1001, 1004, 1001, 1002);
        monitor.GetStatus().Should().ContainSingle().Which.Health.Should().Be(MaterialHealth.Degraded);
        GatedOrigin other = new(StubMaterialReader.Note("third"));
        using Reloadable<string> late = await other.OpenAsync(_reader, _options with { Monitor = monitor });
        monitor.GetStatus().Length.Should().Be(2);
    }

    // The reader is running when the material is disposed. Its result is discarded.
    [Theory]
    [InlineData("second")]
    [InlineData("!broken")]
    [InlineData("?thrown")]
    public async Task Dispose_KeepsTheCurrentValue(string content)
    {
        RecordingLogger logger = new();
        using MetricProbe probe = new(_options.Name!);
        using ManualResetEventSlim canContinue = new();
        TaskCompletionSource readStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Logger = logger });
        _reader.OnRead = () =>
        {
            readStarted.TrySetResult();
            canContinue.Wait(s_timeout, Cancellation);
        };

        Task<ReloadResult> reload = ReloadAsync(note, content);
        await readStarted.Task.WaitAsync(s_timeout, Cancellation);
        note.Dispose();
        note.Dispose();
        canContinue.Set();

        (await reload.WaitAsync(s_timeout, Cancellation)).Problem.Should().Be("The reload was canceled.");
        (note.Current, note.Status.Problem).Should().Be(("first", null));
        logger.Ids.Should().Equal(1001, 1004);
        probe.CountReloads(_options.Name!).Should().Be(0);
    }

    private Task<ReloadResult> ReloadAsync(Reloadable<string> note, string? content)
    {
        _origin.Content = content is null ? null : StubMaterialReader.Note(content);
        return note.ReloadAsync(Cancellation);
    }
}

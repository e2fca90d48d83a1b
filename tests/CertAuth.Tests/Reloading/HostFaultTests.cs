using System.Diagnostics.Metrics;
using CertAuth.Reloading;
using CertAuth.Tests.Support;

namespace CertAuth.Tests.Reloading;

/// <summary>What the host brings along breaks, or ends early: the looks go on, or end in silence.</summary>
public sealed class HostFaultTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly VirtualClock _clock = new(s_start);
    private readonly GatedOrigin _origin = new(NoteReader.Note("first; ; 31; odd"));
    private readonly NoteReader _reader = new(s_start);
    private readonly ReloadOptions _options;

    public HostFaultTests() =>
        _options = new() { Name = $"host-{Guid.NewGuid():N}", TimeProvider = _clock, PollInterval = TimeSpan.FromDays(7) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task LoggerThatThrows_ChangesNothing()
    {
        using MetricProbe probe = new(_options.Name!);
        using ReloadMonitor monitor = new();
        using Reloadable<string> note = await _origin.OpenAsync(
            _reader, _options with { Logger = new ThrowingLogger(), Monitor = monitor, MaxAge = TimeSpan.FromDays(3) });

        Assert.Equal(ReloadOutcome.Loaded, (await LookAsync(note, "second; ; 31; odd")).Outcome);
        Assert.Equal("second", note.Current);
        Assert.Equal("broken", (await LookAsync(note, "!broken")).Problem);
        Assert.Equal(ReloadOutcome.Unchanged, (await LookAsync(note, "second; ; 31; odd")).Outcome);
        _clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal("There is nothing.", (await LookAsync(note, null)).Problem);
        Assert.Equal("too old", await note.RefreshAsync(note.Current, Cancellation));
        Assert.Equal(2, probe.CountLooks(_options.Name!, "loaded"));
    }

    [Fact]
    public async Task LoggerThatThrows_EndsNoPolling()
    {
        using Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Logger = new ThrowingLogger() });
        for (int i = 0; i < 5; i++)
        {
            string content = $"note {i}";
            _origin.Content = NoteReader.Note(content);
            await WaitAsync(() =>
            {
                _clock.Advance(TimeSpan.FromDays(1));
                return note.Current == content;
            });
        }
    }

    [Fact]
    public async Task ListenerThatThrows_ChangesNothing()
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

        Assert.Equal(ReloadOutcome.Loaded, (await LookAsync(note, "second")).Outcome);
        Assert.Equal("second", await note.RefreshAsync("second", Cancellation));
        Assert.Equal("broken", (await LookAsync(note, "!broken")).Problem);
    }

    [Fact]
    public async Task MonitorThatEndsEarly_ChangesNothing()
    {
        RecordingLogger logger = new();
        ReloadMonitor monitor = new();
        using Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Monitor = monitor, Logger = logger });
        monitor.Dispose();

        Assert.Equal(ReloadOutcome.Loaded, (await LookAsync(note, "second")).Outcome);
        Assert.Equal(ReloadOutcome.Failed, (await LookAsync(note, null)).Outcome);
        Assert.Equal([1001, 1004, 1001, 1002], logger.Ids);
        Assert.Equal(MaterialHealth.Degraded, Assert.Single(monitor.GetStatus()).Health);
        using Reloadable<string> late = await new GatedOrigin(NoteReader.Note("third")).OpenAsync(_reader, _options with { Monitor = monitor });
        Assert.Equal(2, monitor.GetStatus().Length);
    }

    // The reader is at work when the end comes: what it makes is thrown away.
    [Theory]
    [InlineData("second")]
    [InlineData("!broken")]
    [InlineData("?thrown")]
    public async Task Disposal_LeavesWhatIsInUse(string content)
    {
        RecordingLogger logger = new();
        using MetricProbe probe = new(_options.Name!);
        using ManualResetEventSlim goesOn = new();
        TaskCompletionSource reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Reloadable<string> note = await _origin.OpenAsync(_reader, _options with { Logger = logger });
        _reader.OnRead = () =>
        {
            reads.TrySetResult();
            goesOn.Wait(s_patience, Cancellation);
        };

        Task<ReloadResult> look = LookAsync(note, content);
        await reads.Task.WaitAsync(s_patience, Cancellation);
        note.Dispose();
        note.Dispose();
        goesOn.Set();

        Assert.Equal("The look was ended.", (await look.WaitAsync(s_patience, Cancellation)).Problem);
        Assert.Equal(("first", null), (note.Current, note.Status.Problem));
        Assert.Equal([1001, 1004], logger.Ids);
        Assert.Equal(0, probe.CountLooks(_options.Name!));
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + s_patience;
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, "It never came.");
            await Task.Delay(5, Cancellation);
        }
    }

    private Task<ReloadResult> LookAsync(Reloadable<string> note, string? content)
    {
        _origin.Content = content is null ? null : NoteReader.Note(content);
        return note.ReloadAsync(Cancellation);
    }
}

using CertAuth.Reloading;
using CertAuth.Tests.Support;

namespace CertAuth.Tests.Reloading;

/// <summary>One look at a time, however many ask; readers never wait; disposing ends it without a race.</summary>
public sealed class SingleLookTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly Cadence s_cadence = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));

    private readonly VirtualClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryOrigin _origin = new() { Content = [1] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task ReloadAsync_SeesWhatWasWrittenBeforeTheCall()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        Task<ReloadResult> underWay = text.ReloadAsync(Cancellation);
        await UntilReadsAsync(2);

        // The look under way may have read the old already.
        _origin.Content = [2];
        Task<ReloadResult>[] asked = [.. Enumerable.Range(0, 100).Select(_ => text.ReloadAsync(Cancellation))];
        gate.SetResult();
        await underWay.WaitAsync(s_patience, Cancellation);
        await Task.WhenAll(asked).WaitAsync(s_patience, Cancellation);

        Assert.Equal("2", text.Current);
        Assert.Equal(3, _origin.Reads);
    }

    [Fact]
    public async Task RefreshAsync_WaitsForTheLookUnderWayAndStartsOneAtMost()
    {
        using Reloadable<string> text = await OpenAsync();
        string seen = text.Current;
        TaskCompletionSource gate = Close();
        Task<string>[] asked = [.. Enumerable.Range(0, 100).Select(_ => text.RefreshAsync(seen, Cancellation).AsTask())];
        await UntilReadsAsync(2);
        Assert.DoesNotContain(asked, a => a.IsCompleted);
        Assert.Equal("1", text.Current);

        _origin.Content = [2];
        gate.SetResult();

        Assert.All(await Task.WhenAll(asked).WaitAsync(s_patience, Cancellation), found => Assert.Equal("2", found));
        Assert.Equal(2, _origin.Reads);
    }

    [Fact]
    public async Task RefreshAsync_LooksOncePerInterval()
    {
        using Reloadable<string> text = await OpenAsync();
        for (int second = 0; second < 95; second++)
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal("1", await text.RefreshAsync(text.Current, Cancellation));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // At 0, 30, 60 and 90 seconds.
        Assert.Equal(1 + 4, _origin.Reads);
    }

    [Fact]
    public async Task RefreshAsync_OfSomethingOlder_LooksNotAtAll()
    {
        using Reloadable<string> text = await OpenAsync();
        string old = text.Current;
        _origin.Content = [2];
        await text.ReloadAsync(Cancellation);

        ValueTask<string> newer = text.RefreshAsync(old, Cancellation);

        Assert.True(newer.IsCompletedSuccessfully);
        Assert.Equal("2", await newer);
        Assert.Equal(2, _origin.Reads);
    }

    [Fact]
    public async Task RefreshAsync_AfterALookThatBeganTooEarly_LooksAgain()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        Task<ReloadResult> poll = text.ReloadAsync(Cancellation);
        await UntilReadsAsync(2);
        Task<string>[] asked = [.. Enumerable.Range(0, 20).Select(_ => text.RefreshAsync(text.Current, Cancellation).AsTask())];
        _origin.Gate = Task.CompletedTask;
        gate.SetResult();
        await poll;

        await Task.WhenAll(asked).WaitAsync(s_patience, Cancellation);

        Assert.InRange(_origin.Reads, 3, 3);
    }

    [Fact]
    public async Task Cancellation_EndsTheWaitingAndNotTheLook()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        using CancellationTokenSource cancelling = new();
        Task<string> impatient = text.RefreshAsync(text.Current, cancelling.Token).AsTask();
        Task<string> patient = text.RefreshAsync(text.Current, Cancellation).AsTask();
        await UntilReadsAsync(2);

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _origin.Content = [2];
        gate.SetResult();

        Assert.Equal("2", await patient.WaitAsync(s_patience, Cancellation));
    }

    [Fact]
    public async Task Dispose_EndsTheLookUnderWay()
    {
        Reloadable<string> text = await OpenAsync();
        Close();
        Task<ReloadResult> look = text.ReloadAsync(Cancellation);
        Task<string> login = text.RefreshAsync(text.Current, Cancellation).AsTask();
        await UntilReadsAsync(2);

        text.Dispose();

        Assert.Equal(ReloadOutcome.Failed, (await look.WaitAsync(s_patience, Cancellation)).Outcome);
        Assert.Equal("1", await login.WaitAsync(s_patience, Cancellation));
        Assert.Equal("1", text.Current);
        Assert.Equal("1", await text.RefreshAsync(text.Current, Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => text.ReloadAsync(Cancellation));
        text.Dispose();
    }

    [Fact]
    public async Task Dispose_WhileEverythingGoesOn_ThrowsNowhere()
    {
        for (int round = 0; round < 200; round++)
        {
            Reloadable<string> text = await OpenAsync(TimeProvider.System);
            Task[] busy =
            [
                .. Enumerable.Range(0, 4).Select(i => Task.Run(
                    async () =>
                    {
                        for (int n = 0; n < 20; n++)
                        {
                            _origin.Content = [(byte)n];
                            await text.RefreshAsync(text.Current, Cancellation);
                            await Record.ExceptionAsync(() => text.ReloadAsync(Cancellation));
                            Assert.NotNull(text.Current);
                            Assert.NotNull(text.Status);
                        }
                    },
                    Cancellation)),
            ];
            text.Dispose();
            await Task.WhenAll(busy).WaitAsync(s_patience, Cancellation);
        }
    }

    [Fact]
    public async Task Polls_GoOnAfterFailuresAndReadersThatThrow()
    {
        using Reloadable<string> text = await OpenAsync();
        byte[]?[] contents = [null, [], [2], [0xFF], [3]];
        foreach (byte[]? content in contents)
        {
            int before = _origin.Reads;
            _origin.Content = content;

            // The next is armed when the last has ended: until then time passes in vain.
            await VirtualClock.UntilAsync(() =>
            {
                _clock.Advance(TimeSpan.FromMinutes(10));
                return _origin.Reads > before;
            });
        }

        await text.ReloadAsync(Cancellation);
        Assert.Equal("3", text.Current);
    }

    [Fact]
    public async Task ChangingFiles_AreReadThreeTimesMoreAndLeft()
    {
        MemoryOrigin restless = new() { Content = [1], IsWhole = false };
        using Reloadable<string> text = await Reloadable<string>.OpenAsync(
            restless, new TextReader(), new() { TimeProvider = _clock, SettleDelay = TimeSpan.Zero }, s_cadence, Cancellation);
        Assert.Equal(2, restless.Reads);

        restless.Grows = true;
        ReloadResult result = await text.ReloadAsync(Cancellation);

        Assert.Equal("The files kept changing while they were read.", result.Problem);
        Assert.Equal(2 + 4, restless.Reads);
        Assert.Equal("1", text.Current);
    }

    private TaskCompletionSource Close()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _origin.Gate = gate.Task;
        return gate;
    }

    private Task<Reloadable<string>> OpenAsync(TimeProvider? clock = null) => Reloadable<string>.OpenAsync(
        _origin,
        new TextReader(),
        new() { TimeProvider = clock ?? _clock },
        s_cadence,
        Cancellation);

    private Task UntilReadsAsync(int count) => VirtualClock.UntilAsync(() => _origin.Reads >= count);
}

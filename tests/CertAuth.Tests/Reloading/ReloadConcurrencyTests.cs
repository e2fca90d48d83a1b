using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Concurrent reloads: one runs at a time, readers never wait, and disposal has no race.</summary>
public sealed class ReloadConcurrencyTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private static readonly ReloadIntervals s_intervals = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryOrigin _origin = new() { Content = [1] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task ReloadAsync_LoadsContentWrittenBeforeTheCall()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        Task<ReloadResult> running = text.ReloadAsync(Cancellation);
        await UntilReadsAsync(2);

        // The running reload may have read the old content already.
        _origin.Content = [2];
        Task<ReloadResult>[] asked = [.. Enumerable.Range(0, 100).Select(_ => text.ReloadAsync(Cancellation))];
        gate.SetResult();
        await running.WaitAsync(s_timeout, Cancellation);
        await Task.WhenAll(asked).WaitAsync(s_timeout, Cancellation);

        text.Current.Should().Be("2");
        _origin.Reads.Should().Be(3);
    }

    [Fact]
    public async Task RefreshAsync_JoinsTheRunningReload()
    {
        using Reloadable<string> text = await OpenAsync();
        string seen = text.Current;
        TaskCompletionSource gate = Close();
        Task<string>[] asked = [.. Enumerable.Range(0, 100).Select(_ => text.RefreshAsync(seen, Cancellation).AsTask())];
        await UntilReadsAsync(2);
        asked.Should().NotContain(a => a.IsCompleted);
        text.Current.Should().Be("1");

        _origin.Content = [2];
        gate.SetResult();

        (await Task.WhenAll(asked).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(found => found.Should().Be("2"));
        _origin.Reads.Should().Be(2);
    }

    [Fact]
    public async Task RefreshAsync_ReloadsOncePerInterval()
    {
        using Reloadable<string> text = await OpenAsync();
        for (int second = 0; second < 95; second++)
        {
            for (int i = 0; i < 10; i++)
                (await text.RefreshAsync(text.Current, Cancellation)).Should().Be("1");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // At 0, 30, 60 and 90 seconds.
        _origin.Reads.Should().Be(1 + 4);
    }

    [Fact]
    public async Task RefreshAsync_DoesNotReload_WhenTheValueIsAlreadyReplaced()
    {
        using Reloadable<string> text = await OpenAsync();
        string old = text.Current;
        _origin.Content = [2];
        await text.ReloadAsync(Cancellation);

        ValueTask<string> newer = text.RefreshAsync(old, Cancellation);

        newer.IsCompletedSuccessfully.Should().BeTrue();
        (await newer).Should().Be("2");
        _origin.Reads.Should().Be(2);
    }

    [Fact]
    public async Task RefreshAsync_ReloadsAgain_WhenTheReloadStartedTooEarly()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        Task<ReloadResult> poll = text.ReloadAsync(Cancellation);
        await UntilReadsAsync(2);
        Task<string>[] asked = [.. Enumerable.Range(0, 20).Select(_ => text.RefreshAsync(text.Current, Cancellation).AsTask())];
        _origin.Gate = Task.CompletedTask;
        gate.SetResult();
        await poll;

        await Task.WhenAll(asked).WaitAsync(s_timeout, Cancellation);

        _origin.Reads.Should().Be(3);
    }

    [Fact]
    public async Task Cancellation_EndsTheWait_NotTheReload()
    {
        using Reloadable<string> text = await OpenAsync();
        TaskCompletionSource gate = Close();
        using CancellationTokenSource canceling = new();
        Task<string> impatient = text.RefreshAsync(text.Current, canceling.Token).AsTask();
        Task<string> patient = text.RefreshAsync(text.Current, Cancellation).AsTask();
        await UntilReadsAsync(2);

        await canceling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _origin.Content = [2];
        gate.SetResult();

        (await patient.WaitAsync(s_timeout, Cancellation)).Should().Be("2");
    }

    [Fact]
    public async Task Dispose_CancelsTheRunningReload()
    {
        Reloadable<string> text = await OpenAsync();
        Close();
        Task<ReloadResult> reload = text.ReloadAsync(Cancellation);
        Task<string> login = text.RefreshAsync(text.Current, Cancellation).AsTask();
        await UntilReadsAsync(2);

        text.Dispose();

        (await reload.WaitAsync(s_timeout, Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await login.WaitAsync(s_timeout, Cancellation)).Should().Be("1");
        text.Current.Should().Be("1");
        (await text.RefreshAsync(text.Current, Cancellation)).Should().Be("1");
        await FluentActions.Awaiting(() => text.ReloadAsync(Cancellation)).Should().ThrowExactlyAsync<ObjectDisposedException>();
        text.Dispose();
    }

    [Fact]
    public async Task Dispose_DoesNotThrow_UnderLoad()
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
                            text.Current.Should().NotBeNull();
                            text.Status.Should().NotBeNull();
                        }
                    },
                    Cancellation)),
            ];
            text.Dispose();
            await Task.WhenAll(busy).WaitAsync(s_timeout, Cancellation);
        }
    }

    [Fact]
    public async Task Polling_Continues_AfterFailuresAndExceptions()
    {
        using Reloadable<string> text = await OpenAsync();
        byte[]?[] contents = [null, [], [2], [0xFF], [3]];
        foreach (byte[]? content in contents)
        {
            int before = _origin.Reads;
            _origin.Content = content;

            // The timer of the next poll is set when the previous poll has ended. Until then, advancing the clock has no effect.
            await Eventually.HoldsAsync(() =>
            {
                _clock.Advance(TimeSpan.FromMinutes(10));
                return _origin.Reads > before;
            });
        }

        await text.ReloadAsync(Cancellation);
        text.Current.Should().Be("3");
    }

    [Fact]
    public async Task ChangingFiles_FailTheReload_AfterThreeAttempts()
    {
        MemoryOrigin changing = new() { Content = [1], IsAtomic = false };
        using Reloadable<string> text = await Reloadable<string>.OpenAsync(
            changing, new TextReader(), new() { TimeProvider = _clock, SettleDelay = TimeSpan.Zero }, s_intervals, Cancellation);
        changing.Reads.Should().Be(2);

        changing.Grows = true;
        ReloadResult result = await text.ReloadAsync(Cancellation);

        result.Problem.Should().Be("The files kept changing while they were read.");
        changing.Reads.Should().Be(2 + 4);
        text.Current.Should().Be("1");
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
        s_intervals,
        Cancellation);

    private Task UntilReadsAsync(int count) => Eventually.HoldsAsync(() => _origin.Reads >= count);
}

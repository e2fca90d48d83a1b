using FluentAssertions;

namespace CertAuth.Tests.Support;

/// <summary>A clock with a wall time and a monotonic time that only a test advances. Timers fire when the monotonic time reaches them. Safe
/// for concurrent use.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);

    private readonly Lock _turn = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _wall = start;
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_turn)
            return _wall;
    }

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets only the wall time, back or forward. The monotonic time is unaffected.</summary>
    internal void SetWall(DateTimeOffset wall)
    {
        lock (_turn)
            _wall = wall;
    }

    /// <summary>Advances both times. Timers that become due fire in order on this thread.</summary>
    internal void Advance(TimeSpan time)
    {
        long end = GetTimestamp() + time.Ticks;
        while (TakeDue(end) is { } due)
            due.Fire();
    }

    /// <summary>Ends each delay of at most <paramref name="longest"/> until a task completes.</summary>
    /// <remarks>The time does not advance otherwise, so a busy machine never causes a timeout.</remarks>
    internal async Task<TResult> RunAsync<TResult>(Task<TResult> task, TimeSpan longest)
    {
        await UntilAsync(() =>
        {
            EndDelay(longest);
            return task.IsCompleted;
        });
        return await task;
    }

    /// <summary>Advances to the next timer if it is due within <paramref name="longest"/>.</summary>
    internal void EndDelay(TimeSpan longest)
    {
        TimeSpan? next;
        lock (_turn)
            next = _timers.Count == 0 ? null : TimeSpan.FromTicks(_timers.Min(timer => timer.Due) - _ticks);
        if (next <= longest)
            Advance(next.Value);
    }

    /// <summary>Returns true if a running timer was set to this time, regardless of how much is left.</summary>
    internal bool HasTimer(TimeSpan time)
    {
        lock (_turn)
            return _timers.Exists(timer => timer.Time == time);
    }

    /// <summary>Waits in real time until work on other threads makes a condition true. The limit only ends a test that hangs.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource hanging = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hanging.CancelAfter(s_hang);
        while (!condition())
            await Task.Delay(1, hanging.Token);
    }

    private VirtualTimer? TakeDue(long end)
    {
        lock (_turn)
        {
            VirtualTimer? first = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            long now = Math.Max(first?.Due ?? end, _ticks);
            _wall += TimeSpan.FromTicks(now - _ticks);
            Volatile.Write(ref _ticks, now);
            if (first is not null)
                _timers.Remove(first);
            return first;
        }
    }

    private void Set(VirtualTimer timer, TimeSpan? time)
    {
        lock (_turn)
        {
            _timers.Remove(timer);
            if (time is { } set)
            {
                (timer.Time, timer.Due) = (set, _ticks + set.Ticks);
                _timers.Add(timer);
            }
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal TimeSpan Time { get; set; }

        internal long Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            period.Should().Be(Timeout.InfiniteTimeSpan);
            clock.Set(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire() => callback(state);
    }
}

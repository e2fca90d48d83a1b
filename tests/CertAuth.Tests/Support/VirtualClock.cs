namespace CertAuth.Tests.Support;

/// <summary>A clock whose wall and monotonic time move only when told, with timers that fire on the way. Safe for concurrent use.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
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

    /// <summary>Sets the wall alone, back or forward: the monotonic time goes on as it was.</summary>
    internal void SetWall(DateTimeOffset wall)
    {
        lock (_turn)
            _wall = wall;
    }

    /// <summary>Moves both; timers that fall due fire in their order, on this thread.</summary>
    internal void Advance(TimeSpan time)
    {
        long end = GetTimestamp() + time.Ticks;
        while (TakeDue(end) is { } due)
            due.Fire();
    }

    /// <summary>Moves in small steps until a task is done, so that delays on the way end.</summary>
    internal async Task<TResult> RunAsync<TResult>(Task<TResult> task, TimeSpan step)
    {
        for (int i = 0; !task.IsCompleted && i < 100_000; i++)
        {
            await Task.WhenAny(task, Task.Delay(1));
            if (!task.IsCompleted)
                Advance(step);
        }

        return await task;
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

    private void Set(VirtualTimer timer, long? due)
    {
        lock (_turn)
        {
            _timers.Remove(timer);
            if (due is { } at)
            {
                timer.Due = at;
                _timers.Add(timer);
            }
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal long Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            clock.Set(this, dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + dueTime.Ticks);
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

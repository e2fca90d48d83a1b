namespace CertAuth.Testing;

/// <summary>A <see cref="TimeProvider"/> whose time only the test changes.</summary>
/// <remarks>The time zone is UTC. Timers fire only while <see cref="Advance"/> runs, on the thread that calls it. Safe for concurrent
/// use.</remarks>
public sealed class FixedClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FixedTimer> _running = [];
    private long _utcTicks;
    private long _elapsedTicks;

    /// <summary>Creates a clock that returns <paramref name="now"/> until the test changes it.</summary>
    public FixedClock(DateTimeOffset now) => Now = now;

    /// <summary>Gets or sets the current time, in UTC. Setting it moves only the wall clock, back or forward, as when an administrator sets
    /// the clock of a machine; <see cref="GetTimestamp"/> and timers are unaffected.</summary>
    public DateTimeOffset Now
    {
        get => new(Volatile.Read(ref _utcTicks), TimeSpan.Zero);
        set => Volatile.Write(ref _utcTicks, value.UtcTicks);
    }

    /// <summary>Gets the time until the next timer fires; null if no timer is running.</summary>
    public TimeSpan? TimeUntilNextTimer
    {
        get
        {
            lock (_lock)
                return FindNext() is { } next ? TimeSpan.FromTicks(Math.Max(next.Due - _elapsedTicks, 0)) : null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Advances both the wall clock and <see cref="GetTimestamp"/>. Timers that become due fire in the order of their due times,
    /// each at its due time.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative. To set the wall clock back, set
    /// <see cref="Now"/>.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long remaining = time.Ticks;
        while (AdvanceToNext(ref remaining) is { } due)
            due.Fire();
    }

    /// <summary>Returns true if a running timer was set to this due time, regardless of how much of it is left.</summary>
    public bool HasTimer(TimeSpan dueTime)
    {
        lock (_lock)
            return _running.Exists(timer => timer.DueTime == dueTime);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsedTicks);

    /// <summary>Creates a timer that fires when <see cref="Advance"/> reaches its due time. A timer with a due time of zero fires at the
    /// next <see cref="Advance"/>, of any length.</summary>
    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        FixedTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private FixedTimer? FindNext() => _running.MinBy(timer => timer.Due);

    /// <summary>Advances to the next timer that is due within the remaining time, or else by the remaining time.</summary>
    /// <returns>The timer; null for none.</returns>
    private FixedTimer? AdvanceToNext(ref long remaining)
    {
        lock (_lock)
        {
            FixedTimer? next = FindNext();
            long wait = next is null ? long.MaxValue : Math.Max(next.Due - _elapsedTicks, 0);
            long passed = Math.Min(wait, remaining);
            remaining -= passed;
            Interlocked.Add(ref _utcTicks, passed);
            Volatile.Write(ref _elapsedTicks, _elapsedTicks + passed);
            if (next is null || wait > passed)
                return null;

            _running.Remove(next);
            if (next.Period > TimeSpan.Zero)
                Start(next, next.Due + next.Period.Ticks);
            return next;
        }
    }

    private void Start(FixedTimer timer, long due)
    {
        timer.Due = due;
        _running.Add(timer);
    }

    private sealed class FixedTimer(FixedClock clock, TimerCallback callback, object? state) : ITimer
    {
        // The limit of the system's timers.
        private static readonly TimeSpan s_max = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

        private bool _isDisposed;

        internal TimeSpan DueTime { get; private set; }

        internal TimeSpan Period { get; private set; }

        /// <summary>The timestamp at which the timer fires next.</summary>
        internal long Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfOutOfRange(dueTime, nameof(dueTime));
            ThrowIfOutOfRange(period, nameof(period));
            lock (clock._lock)
            {
                if (_isDisposed)
                    return false;
                clock._running.Remove(this);
                (DueTime, Period) = (dueTime, period);
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock.Start(this, clock._elapsedTicks + dueTime.Ticks);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _isDisposed = true;
                clock._running.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire() => callback(state);

        private static void ThrowIfOutOfRange(TimeSpan time, string name)
        {
            if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time > s_max))
                throw new ArgumentOutOfRangeException(name, time, $"The time must be from 0 to {s_max}, or infinite.");
        }
    }
}

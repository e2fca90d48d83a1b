namespace CertAuth.Testing;

/// <summary>A <see cref="TimeProvider"/> that returns the time that the test sets.</summary>
/// <remarks>The time zone is UTC. Timers are those of the system: they run in real time, independent of this clock. Safe for concurrent
/// use.</remarks>
public sealed class FixedClock : TimeProvider
{
    private long _utcTicks;
    private long _elapsedTicks;

    /// <summary>Creates a clock that returns <paramref name="now"/> until the test changes it.</summary>
    public FixedClock(DateTimeOffset now) => Now = now;

    /// <summary>Gets or sets the current time, in UTC. Setting it moves only the wall clock, back or forward, as when an administrator sets
    /// the clock of a machine; <see cref="GetTimestamp"/> is unaffected.</summary>
    public DateTimeOffset Now
    {
        get => new(Volatile.Read(ref _utcTicks), TimeSpan.Zero);
        set => Volatile.Write(ref _utcTicks, value.UtcTicks);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Advances both the wall clock and <see cref="GetTimestamp"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative. To set the wall clock back, set
    /// <see cref="Now"/>.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _utcTicks, time.Ticks);
        Interlocked.Add(ref _elapsedTicks, time.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsedTicks);
}

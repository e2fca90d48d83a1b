namespace CertAuth.Testing;

/// <summary>A clock that stands where it is put, for everything that takes a <see cref="TimeProvider"/>.</summary>
/// <remarks>Its time zone is UTC. Timers are those of the system and run in real time: this clock doesn't drive them. Safe for concurrent use.</remarks>
public sealed class FixedClock : TimeProvider
{
    private long _utcTicks;
    private long _elapsedTicks;

    /// <summary>A clock that stands at an instant.</summary>
    public FixedClock(DateTimeOffset now) => Now = now;

    /// <summary>The instant, in UTC. Setting it moves the wall clock alone, back or forward, as an administrator does: what was measured with
    /// <see cref="GetTimestamp"/> goes on as it was.</summary>
    public DateTimeOffset Now
    {
        get => new(Volatile.Read(ref _utcTicks), TimeSpan.Zero);
        set => Volatile.Write(ref _utcTicks, value.UtcTicks);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Time passes: the wall clock and <see cref="GetTimestamp"/> both move on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative: set <see cref="Now"/> to put the wall clock back.</exception>
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

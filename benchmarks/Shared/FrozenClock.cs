namespace CertAuth.Benchmarks;

/// <summary>A clock with a constant wall time, because tokens are valid for minutes and runs take longer. Timers and timestamps are those
/// of the system. A call reads the system clock, so that it costs as much.</summary>
internal sealed class FrozenClock : TimeProvider
{
    private readonly DateTimeOffset _now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() < _now ? DateTimeOffset.MinValue : _now;
}

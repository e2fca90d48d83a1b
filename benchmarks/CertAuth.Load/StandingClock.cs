namespace CertAuth.Load;

/// <summary>A wall that stands still, since tokens are for minutes and runs are longer; it costs what the system's costs. Timers and timestamps are the system's.</summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly DateTimeOffset _now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() < _now ? DateTimeOffset.MinValue : _now;
}

namespace CertAuth.Tests.Testing;

public sealed class FixedClockTests
{
    private static readonly DateTimeOffset s_start = new(2030, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

    [Fact]
    public void Advance_MovesBothTimes()
    {
        FixedClock clock = new(s_start);
        long timestamp = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(s_start.AddMinutes(15), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(15), clock.GetElapsedTime(timestamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Now_MovesTheWallAlone()
    {
        FixedClock clock = new(s_start);
        long timestamp = clock.GetTimestamp();

        clock.Now = s_start.AddDays(-1);

        Assert.Equal(s_start.AddDays(-1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
        Assert.Equal(clock.GetUtcNow(), clock.GetLocalNow());
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Advance_LosesNothingAmongThreads()
    {
        FixedClock clock = new(s_start);

        Parallel.For(0, 10_000, _ => clock.Advance(TimeSpan.FromTicks(3)));

        Assert.Equal(s_start.AddTicks(30_000), clock.Now);
    }
}

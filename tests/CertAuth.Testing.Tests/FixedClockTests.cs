using FluentAssertions;

namespace CertAuth.Testing.Tests;

public sealed class FixedClockTests
{
    private static readonly DateTimeOffset s_start = new(2030, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

    [Fact]
    public void Advance_MovesWallClockAndTimestamp()
    {
        FixedClock clock = new(s_start);
        long timestamp = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(15));

        clock.GetUtcNow().Should().Be(s_start.AddMinutes(15));
        clock.GetElapsedTime(timestamp).Should().Be(TimeSpan.FromMinutes(15));
        FluentActions.Invoking(() => clock.Advance(TimeSpan.FromTicks(-1))).Should().ThrowExactly<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Now_MovesOnlyTheWallClock()
    {
        FixedClock clock = new(s_start);
        long timestamp = clock.GetTimestamp();

        clock.Now = s_start.AddDays(-1);

        clock.GetUtcNow().Should().Be(s_start.AddDays(-1));
        clock.GetUtcNow().Offset.Should().Be(TimeSpan.Zero);
        clock.GetLocalNow().Should().Be(clock.GetUtcNow());
        clock.GetElapsedTime(timestamp).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Advance_LosesNoUpdate_WhenCalledConcurrently()
    {
        FixedClock clock = new(s_start);

        Parallel.For(0, 10_000, _ => clock.Advance(TimeSpan.FromTicks(3)));

        clock.Now.Should().Be(s_start.AddTicks(30_000));
    }
}

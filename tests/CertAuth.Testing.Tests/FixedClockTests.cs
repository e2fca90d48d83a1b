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

    [Fact]
    public void Advance_FiresTimersInOrder_EachAtItsDueTime()
    {
        FixedClock clock = new(s_start);
        List<(string Name, DateTimeOffset Time)> fired = [];
        void fire(object? name) => fired.Add(((string)name!, clock.Now));
        using ITimer late = clock.CreateTimer(fire, "late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer periodic = clock.CreateTimer(fire, "periodic", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        using ITimer stopped = clock.CreateTimer(fire, "stopped", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        fired.Should().BeEmpty();
        clock.Advance(TimeSpan.FromSeconds(5));

        fired.Should().Equal(
            ("periodic", s_start.AddSeconds(1)),
            ("late", s_start.AddSeconds(3)),
            ("periodic", s_start.AddSeconds(3)),
            ("periodic", s_start.AddSeconds(5)));
        clock.Now.Should().Be(s_start.AddSeconds(6).AddTicks(-1));
    }

    [Fact]
    public void Timer_FiresAtTheNextAdvance_WhenItsDueTimeIsZero()
    {
        FixedClock clock = new(s_start);
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        clock.Now = s_start.AddYears(1);
        fired.Should().Be(0);
        clock.Advance(TimeSpan.Zero);
        clock.Advance(TimeSpan.FromDays(1));

        fired.Should().Be(1);
    }

    [Fact]
    public async Task HasTimer_AndTimeUntilNextTimer_ReportRunningTimers()
    {
        FixedClock clock = new(s_start);
        clock.TimeUntilNextTimer.Should().BeNull();
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);
        ITimer timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(59));

        clock.TimeUntilNextTimer.Should().Be(TimeSpan.FromSeconds(1));
        clock.HasTimer(TimeSpan.FromMinutes(1)).Should().BeTrue();
        delay.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        clock.HasTimer(TimeSpan.FromMinutes(1)).Should().BeFalse();
        clock.TimeUntilNextTimer.Should().Be(TimeSpan.FromMinutes(59));

        timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan).Should().BeTrue();
        clock.TimeUntilNextTimer.Should().Be(TimeSpan.FromSeconds(2));
        await timer.DisposeAsync();
        clock.TimeUntilNextTimer.Should().BeNull();
        timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan).Should().BeFalse();
    }

    // The limits of the system's timers.
    [Theory]
    [InlineData(-2)]
    [InlineData(uint.MaxValue)]
    public void CreateTimer_Throws_WhenATimeIsOutOfRange(long milliseconds)
    {
        FixedClock clock = new(s_start);
        TimeSpan time = TimeSpan.FromMilliseconds(milliseconds);

        FluentActions.Invoking(() => clock.CreateTimer(_ => { }, null, time, TimeSpan.Zero))
            .Should().ThrowExactly<ArgumentOutOfRangeException>().WithParameterName("dueTime");
        FluentActions.Invoking(() => clock.CreateTimer(_ => { }, null, TimeSpan.Zero, time))
            .Should().ThrowExactly<ArgumentOutOfRangeException>().WithParameterName("period");
    }
}

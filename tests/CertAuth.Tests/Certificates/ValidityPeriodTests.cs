using CertAuth.Certificates;

namespace CertAuth.Tests.Certificates;

/// <summary>The last second of a period counts, to its last tick (RFC 5280, 4.1.2.5).</summary>
public sealed class ValidityPeriodTests
{
    private static readonly DateTimeOffset s_first = TestClock.Now, s_last = TestClock.Now.AddDays(1);
    private static readonly ValidityPeriod s_period = new(s_first, s_last);

    public static TheoryData<DateTimeOffset, bool, bool> Times => new()
    {
        { DateTimeOffset.MinValue, false, false },
        { s_first.AddTicks(-1), false, false },
        { s_first, true, false },
        { s_last, true, false },
        { s_last.AddSeconds(1).AddTicks(-1), true, false },
        { s_last.AddSeconds(1), true, true },
        { DateTimeOffset.MaxValue, true, true },
    };

    [Theory, MemberData(nameof(Times))]
    public void Contains_IncludesBothEnds(DateTimeOffset now, bool hasBegun, bool hasEnded)
    {
        s_period.HasBegun(now).Should().Be(hasBegun);
        s_period.HasEnded(now).Should().Be(hasEnded);
        s_period.Contains(now).Should().Be(hasBegun && !hasEnded);
    }

    [Fact]
    public void GetEnd_IsTheFirstTimeAfterThePeriod()
    {
        ValidityPeriod.GetEnd(s_last).Should().Be(s_last.AddSeconds(1));
        ValidityPeriod.GetEnd(DateTimeOffset.MaxValue).Should().Be(DateTimeOffset.MaxValue);
        ValidityPeriod.Always.Contains(DateTimeOffset.MaxValue).Should().BeTrue();
        ValidityPeriod.Always.Contains(DateTimeOffset.MinValue).Should().BeTrue();
    }

    [Fact]
    public void HasEnded_AddsTheSkew()
    {
        TimeSpan skew = TimeSpan.FromSeconds(30);

        ValidityPeriod.HasEnded(s_last, s_last.AddSeconds(31).AddTicks(-1), skew).Should().BeFalse();
        ValidityPeriod.HasEnded(s_last, s_last.AddSeconds(31), skew).Should().BeTrue();
    }

    [Fact]
    public void Intersect_NarrowsBothEnds()
    {
        ValidityPeriod later = new(s_first.AddHours(1), s_last.AddHours(1));

        s_period.Intersect(later).Should().Be(later.Intersect(s_period)).And.Be(new ValidityPeriod(later.First, s_last));
        s_period.Intersect(ValidityPeriod.Always).Should().Be(s_period);
    }
}

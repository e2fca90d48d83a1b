namespace CertAuth.Tests.Support;

/// <summary>The time at which tests with a clock begin: a whole second.</summary>
internal static class TestClock
{
    internal static DateTimeOffset Now { get; } = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);
}

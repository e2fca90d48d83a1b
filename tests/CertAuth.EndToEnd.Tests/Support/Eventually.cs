using System.Diagnostics;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Waits until work on other threads makes a condition true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5), s_pause = TimeSpan.FromMilliseconds(10);

    internal static async Task HoldsAsync(Func<bool> condition, string what)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !condition(); await Task.Delay(s_pause, TestContext.Current.CancellationToken))
            watch.Elapsed.Should().BeLessThan(s_limit, "the following should become true: {0}", what);
    }
}

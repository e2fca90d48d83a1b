namespace CertAuth.Tests.Support;

/// <summary>Operations with delays that end although no real time passes.</summary>
internal static class ClockExtensions
{
    /// <summary>Ends each delay of at most <paramref name="longest"/> until a task completes.</summary>
    /// <remarks>The time does not advance otherwise, so a busy machine never causes a timeout.</remarks>
    internal static async Task<TResult> RunAsync<TResult>(this FixedClock clock, Task<TResult> task, TimeSpan longest)
    {
        await Eventually.HoldsAsync(() =>
        {
            clock.EndDelay(longest);
            return task.IsCompleted;
        });
        return await task;
    }

    /// <summary>Advances to the next timer if it is due within <paramref name="longest"/>.</summary>
    internal static void EndDelay(this FixedClock clock, TimeSpan longest)
    {
        if (clock.TimeUntilNextTimer is { } next && next <= longest)
            clock.Advance(next);
    }
}

namespace CertAuth.Load;

/// <summary>What a condition is run for: one ratio to another figure, and how far it may go.</summary>
/// <param name="Title">What the ratio is.</param>
/// <param name="Ratio">The ratio; null where there is none.</param>
/// <param name="IsMet">Whether it is good enough; null for the floor and the peers.</param>
internal sealed record Goal(string Title, double? Ratio, bool? IsMet)
{
    private const double MaxTail = 1.5;

    // Of two threads 1.9.
    private const double MinScalingPerThread = 0.95;

    // "Unchanged": by no more than the floor's, within the noise of a percentile.
    private const double MaxRelativeP99 = 1.1;

    /// <summary>The goal of a kind under a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="own">What was measured of the kind.</param>
    /// <param name="floor">What was measured of the floor under the same condition.</param>
    /// <param name="before">Finds what was measured of a kind under another condition, by its name.</param>
    /// <param name="kind">The kind.</param>
    internal static Goal Of(Condition condition, LoginKind kind, Figures own, Figures floor, Func<Condition, string, Figures?> before)
    {
        if (condition.HeapMegabytes > 0)
            return Evaluate("p99.99 / bare", own.Latency.P9999 / floor.Latency.P9999, kind, tail => tail <= MaxTail);

        if (condition.ReloadMilliseconds > 0)
        {
            Condition quiet = condition with { ReloadMilliseconds = 0 };
            double? floors = floor.Latency.P99 / before(quiet, floor.Kind)?.Latency.P99;
            return Evaluate("p99 / without", own.Latency.P99 / before(quiet, own.Kind)?.Latency.P99, kind, p99 => own.Waited == 0 && p99 <= MaxRelativeP99 * floors);
        }

        return condition.Threads > 1
            ? Evaluate("scaling", own.PerSecond / before(condition with { Threads = 1 }, own.Kind)?.PerSecond, kind, s => s >= MinScalingPerThread * condition.Threads)
            : new("", null, null);
    }

    private static Goal Evaluate(string title, double? ratio, LoginKind kind, Func<double, bool> isMet) =>
        new(title, ratio, kind.IsOurs && !kind.MayWait && ratio is { } known ? isMet(known) : null);
}

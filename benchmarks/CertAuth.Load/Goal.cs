namespace CertAuth.Load;

/// <summary>The goal of a condition: a ratio to another figure, and whether it is met.</summary>
/// <param name="Title">The name of the ratio.</param>
/// <param name="Ratio">The ratio; null for none.</param>
/// <param name="IsMet">true if the goal is met; null for the baseline and the packages for comparison.</param>
internal sealed record Goal(string Title, double? Ratio, bool? IsMet)
{
    private const double MaxTail = 1.5;

    // 1.9 for two threads.
    private const double MinScalingPerThread = 0.95;

    // Reloads may change p99 by at most 1.1 times the change of the baseline, which is the noise of a percentile.
    private const double MaxRelativeP99 = 1.1;

    /// <summary>Returns the goal of a kind under a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="own">The figures of the kind.</param>
    /// <param name="baseline">The figures of the baseline under the same condition.</param>
    /// <param name="find">A function that returns the figures of a kind, by name, under another condition; null if there are none.</param>
    internal static Goal Of(Condition condition, LoginKind kind, Figures own, Figures baseline, Func<Condition, string, Figures?> find)
    {
        if (condition.HeapMegabytes > 0)
            return Evaluate("p99.99 / bare", own.Latency.P9999 / baseline.Latency.P9999, kind, tail => tail <= MaxTail);

        if (condition.ReloadMilliseconds > 0)
        {
            Condition quiet = condition with { ReloadMilliseconds = 0 };
            double? baselineRatio = baseline.Latency.P99 / find(quiet, baseline.Kind)?.Latency.P99;
            double? ratio = own.Latency.P99 / find(quiet, own.Kind)?.Latency.P99;
            return Evaluate("p99 / without", ratio, kind, p99 => own.Waited == 0 && p99 <= MaxRelativeP99 * baselineRatio);
        }

        if (condition.Threads == 1)
            return new("", null, null);

        double? scaling = own.PerSecond / find(condition with { Threads = 1 }, own.Kind)?.PerSecond;
        return Evaluate("scaling", scaling, kind, factor => factor >= MinScalingPerThread * condition.Threads);
    }

    private static Goal Evaluate(string title, double? ratio, LoginKind kind, Func<double, bool> isMet) =>
        new(title, ratio, kind.HasGoals && !kind.MayWait && ratio is { } known ? isMet(known) : null);
}

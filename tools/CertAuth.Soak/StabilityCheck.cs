namespace CertAuth.Soak;

/// <summary>Checks that the resources of the process are stable. The first fifth of the samples is ignored as the warm-up. Of the rest, the
/// median of the second half is compared with that of the first half.</summary>
internal sealed class StabilityCheck(IReadOnlyList<ProcessSample> samples)
{
    private const int WarmUpShare = 5;

    private readonly ProcessSample[] _steady = [.. samples.Skip(samples.Count / WarmUpShare)];

    internal bool IsStable => Results.All(result => result.IsStable);

    // A leak of one handle or one key per reload would result in thousands of handles or tens of MiB.
    internal IReadOnlyList<StabilityResult> Results =>
    [
        Evaluate("RSS MiB", s => s.ResidentMiB, share: 0.05, slack: 4),
        Evaluate("heap MiB", s => s.ManagedMiB, share: 0.2, slack: 4),
        Evaluate("handles", s => s.Handles, share: 0, slack: 8),
        Evaluate("threads", s => s.Threads, share: 0, slack: 4),
    ];

    private StabilityResult Evaluate(string name, Func<ProcessSample, double> read, double share, double slack)
    {
        double[] values = [.. _steady.Select(read)];
        int half = values.Length / 2;
        double first = Median(values[..half]);
        return new(name, first, Median(values[half..]), (first * share) + slack);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}

using System.Globalization;

namespace CertAuth.Soak;

/// <summary>Whether what the process holds stays flat. The first fifth is warming up and left out; of the rest, the median of the second half is compared with
/// that of the first.</summary>
internal sealed class StabilityCheck(IReadOnlyList<ProcessSample> samples)
{
    private const int WarmUpShare = 5;

    private readonly ProcessSample[] _steady = [.. samples.Skip(samples.Count / WarmUpShare)];

    internal bool IsFlat => Results.All(j => j.IsFlat);

    // A leak of one handle or one key a reload would show as thousands of handles, or tens of MiB.
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

/// <summary>How one figure grew.</summary>
/// <param name="Name">The figure.</param>
/// <param name="First">Median of the first half.</param>
/// <param name="Second">Median of the second half.</param>
/// <param name="Allowance">By how much it may have grown.</param>
internal sealed record StabilityResult(string Name, double First, double Second, double Allowance)
{
    internal bool IsFlat => Second - First <= Allowance;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-10}{First,10:0.0} -> {Second,-10:0.0} grew by {Second - First,7:0.0}, at most {Allowance:0.0}: {(IsFlat ? "flat" : "NOT FLAT")}");
}

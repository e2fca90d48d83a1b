namespace CertAuth.Load;

/// <summary>The figures of one kind of login under one condition.</summary>
/// <param name="Kind">The kind of login.</param>
/// <param name="PerSecond">The decisions per second, the median of the rounds.</param>
/// <param name="Ratio">The ratio of the time of a decision to that of a bare verification, the median of the rounds.</param>
/// <param name="Latency">The percentiles of the time of a decision.</param>
/// <param name="Decisions">The number of decisions.</param>
/// <param name="Waited">The number of decisions that did not complete synchronously.</param>
/// <param name="Bytes">The bytes that the process allocated per decision, including reloads.</param>
/// <param name="Collections">The number of garbage collections.</param>
internal sealed record Figures(
    string Kind,
    double PerSecond,
    double Ratio,
    Percentiles Latency,
    long Decisions,
    long Waited,
    long Bytes,
    int Collections)
{
    internal static Figures Of(Collector collector, Collector baseline)
    {
        LatencyHistogram all = new();
        foreach (LatencyHistogram histogram in collector.Histograms)
            all.Add(histogram);
        return new(
            collector.Kind.Name,
            Median(collector.Slices.Select(slice => slice.PerSecond)),
            Median(baseline.Slices.Zip(collector.Slices, (bare, own) => bare.PerSecond / own.PerSecond)),
            Percentiles.Of(all),
            all.Count,
            collector.Waited,
            collector.Slices.Sum(slice => slice.Bytes) / all.Count,
            collector.Slices.Sum(slice => slice.Collections));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

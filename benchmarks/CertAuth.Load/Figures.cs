namespace CertAuth.Load;

/// <summary>What was measured of one kind under one condition.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="PerSecond">Decisions per second, the median of the rounds.</param>
/// <param name="Ratio">Time of a decision beside that of a bare verification, the median of the rounds.</param>
/// <param name="Latency">How long decisions took.</param>
/// <param name="Decisions">How many there were.</param>
/// <param name="Waited">How many of them did not complete at once.</param>
/// <param name="Bytes">Bytes allocated by the process for each decision, reloads included.</param>
/// <param name="Collections">Garbage collections while it ran.</param>
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
    internal static Figures Of(Collector collector, Collector floor)
    {
        LatencyHistogram all = new();
        foreach (LatencyHistogram histogram in collector.Histograms)
            all.Add(histogram);
        return new(
            collector.Kind.Name,
            Median(collector.Slices.Select(slice => slice.PerSecond)),
            Median(floor.Slices.Zip(collector.Slices, (bare, own) => bare.PerSecond / own.PerSecond)),
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

/// <summary>Microseconds that a share of all decisions did not exceed.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double P999, double P9999, double Max)
{
    internal static Percentiles Of(LatencyHistogram histogram) => new(
        histogram.MicrosecondsAt(0.5),
        histogram.MicrosecondsAt(0.9),
        histogram.MicrosecondsAt(0.99),
        histogram.MicrosecondsAt(0.999),
        histogram.MicrosecondsAt(0.9999),
        histogram.MaxMicroseconds);
}

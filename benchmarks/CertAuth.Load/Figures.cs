namespace CertAuth.Load;

/// <summary>The measurements of one kind of login under one condition.</summary>
internal sealed record Collector(LoginKind Kind, LatencyHistogram[] Histograms)
{
    /// <summary>The decisions per second of all threads, for each round.</summary>
    internal List<double> PerSecond { get; } = [];

    internal long Waited { get; set; }

    internal long Bytes { get; set; }

    internal int Collections { get; set; }
}

/// <summary>The figures of one kind of login under one condition.</summary>
/// <param name="Kind">The kind of login.</param>
/// <param name="PerSecond">The decisions per second, the median of the rounds.</param>
/// <param name="Ratio">The ratio of the time of a decision to that of a bare verification, the median of the rounds.</param>
/// <param name="Latency">The percentiles of the time of a decision, in microseconds.</param>
/// <param name="Decisions">The number of decisions.</param>
/// <param name="Waited">The number of decisions that did not complete synchronously.</param>
/// <param name="Bytes">The bytes that the process allocated per decision, including reloads.</param>
/// <param name="Collections">The number of garbage collections.</param>
internal sealed record Figures(
    string Kind,
    double PerSecond,
    double Ratio,
    IReadOnlyDictionary<string, double> Latency,
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
            Results.Median(collector.PerSecond),
            Results.Median(baseline.PerSecond.Zip(collector.PerSecond, (bare, own) => bare / own)),
            all.GetPercentiles(),
            all.Count,
            collector.Waited,
            collector.Bytes / all.Count,
            collector.Collections);
    }
}

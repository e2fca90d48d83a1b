namespace CertAuth.Load;

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
    int Collections);

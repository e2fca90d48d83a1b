namespace CertAuth.Load;

/// <summary>The figures of one kind of login under one condition: decisions per second, and the ratio of the time of a decision to that of
/// a bare verification, both the median of the rounds; percentiles of that time in microseconds; the number of decisions, and of those that
/// did not complete synchronously; the bytes that the process allocated per decision, including reloads; and garbage collections.</summary>
internal sealed record Figures(
    string Kind,
    double PerSecond,
    double Ratio,
    IReadOnlyDictionary<string, double> Latency,
    long Decisions,
    long Waited,
    long Bytes,
    int Collections);

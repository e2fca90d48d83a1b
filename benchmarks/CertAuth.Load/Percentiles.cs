namespace CertAuth.Load;

/// <summary>Percentiles in microseconds.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double P999, double P9999, double Max)
{
    internal static Percentiles Of(LatencyHistogram histogram) => new(
        histogram.GetMicroseconds(0.5),
        histogram.GetMicroseconds(0.9),
        histogram.GetMicroseconds(0.99),
        histogram.GetMicroseconds(0.999),
        histogram.GetMicroseconds(0.9999),
        histogram.MaxMicroseconds);
}

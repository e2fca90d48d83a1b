namespace CertAuth.ColdStart;

/// <summary>The median and the range of one figure.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    internal static Spread Of(IReadOnlyList<Sample> samples, Func<Sample, double> read)
    {
        double[] sorted = [.. samples.Select(read).Order()];
        return new((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }
}

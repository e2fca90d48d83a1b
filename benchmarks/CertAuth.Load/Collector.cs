namespace CertAuth.Load;

/// <summary>The measurements of a kind.</summary>
internal sealed record Collector(LoginKind Kind, LatencyHistogram[] Histograms)
{
    internal List<Slice> Slices { get; } = [];

    internal long Waited { get; set; }
}

namespace CertAuth.Load;

/// <summary>The measurements of one kind of login under one condition.</summary>
internal sealed record Collector(LoginKind Kind, LatencyHistogram[] Histograms)
{
    internal List<Slice> Slices { get; } = [];

    internal long Waited { get; set; }
}

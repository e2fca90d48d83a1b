namespace CertAuth.Ratios;

/// <summary>The ratio of the throughput of all cores to that of one.</summary>
internal sealed record SpeedUp(Case Case, double Factor, double? Goal)
{
    internal bool IsMet => Goal is not { } goal || Factor >= goal;
}

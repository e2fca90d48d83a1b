namespace CertAuth.Ratios;

/// <summary>How long is measured: rounds, and in each round one slice of time for each case, after a warm-up.</summary>
internal sealed record Effort(int Rounds, TimeSpan Slice, TimeSpan WarmUp)
{
    internal static Effort Full { get; } = new(31, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(300));

    /// <summary>Each case runs; the figures mean nothing.</summary>
    internal static Effort Smoke { get; } = new(1, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
}

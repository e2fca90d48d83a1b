namespace CertAuth.Ratios;

/// <summary>The duration of a measurement: after a warm-up, a number of rounds with one time slice for each case.</summary>
internal sealed record MeasurementSettings(int Rounds, TimeSpan Slice, TimeSpan WarmUp)
{
    internal static MeasurementSettings Full { get; } = new(31, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(300));

    /// <summary>Runs each case, without meaningful figures.</summary>
    internal static MeasurementSettings Smoke { get; } = new(1, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
}

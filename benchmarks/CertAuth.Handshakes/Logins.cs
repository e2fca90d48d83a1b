namespace CertAuth.Handshakes;

/// <summary>Honest logins under one condition.</summary>
/// <param name="Times">The milliseconds of each login, in ascending order.</param>
/// <param name="Failed">The number of logins that were not accepted because of a time limit.</param>
internal sealed record Logins(IReadOnlyList<double> Times, int Failed)
{
    internal double Median => Times[Times.Count / 2];

    internal double Percentile90 => Times[Times.Count * 9 / 10];
}

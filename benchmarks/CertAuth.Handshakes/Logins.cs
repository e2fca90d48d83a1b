namespace CertAuth.Handshakes;

/// <summary>Honest logins under one condition.</summary>
/// <param name="Times">Milliseconds of each, in ascending order.</param>
/// <param name="Failed">The number of those that were not accepted, because a deadline ended them.</param>
internal sealed record Logins(IReadOnlyList<double> Times, int Failed)
{
    internal double Median => Times[Times.Count / 2];

    internal double NineInTen => Times[Times.Count * 9 / 10];
}

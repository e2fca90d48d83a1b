using System.Globalization;

namespace CertAuth.Soak;

/// <summary>The growth of one figure.</summary>
/// <param name="Name">The name of the figure.</param>
/// <param name="First">The median of the first half.</param>
/// <param name="Second">The median of the second half.</param>
/// <param name="Allowance">The maximum growth from the first to the second median.</param>
internal sealed record StabilityResult(string Name, double First, double Second, double Allowance)
{
    internal bool IsStable => Second - First <= Allowance;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-10}{First,10:0.0} -> {Second,-10:0.0} grew by {Second - First,7:0.0}, at most {Allowance:0.0}: "
        + $"{(IsStable ? "stable" : "NOT STABLE")}");
}

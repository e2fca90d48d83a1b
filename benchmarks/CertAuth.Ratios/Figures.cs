using System.Globalization;

namespace CertAuth.Ratios;

/// <summary>Formats figures with their significant digits.</summary>
internal static class Figures
{
    internal static string Ratio(double ratio) => ratio.ToString(
        ratio switch { >= 10 => "0.0", >= 0.1 => "0.000", >= 0.01 => "0.0000", _ => "0.00000" }, CultureInfo.InvariantCulture);

    internal static string Microseconds(double microseconds) =>
        microseconds.ToString(microseconds >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    internal static string Factor(double factor) => factor.ToString("0.00", CultureInfo.InvariantCulture);

    internal static string Bytes(long bytes) => bytes.ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Goal(Goal? goal) => goal switch
    {
        null => "",
        { Bytes: { } bytes } => $"≤ {Limit(goal)}, {Bytes(bytes)} B",
        _ => $"≤ {Limit(goal)}",
    };

    internal static string Verdict(bool hasGoal, bool isMet) => !hasGoal ? "" : isMet ? "met" : "MISSED";

    private static string Limit(Goal goal) => goal.Ratio.ToString("0.####", CultureInfo.InvariantCulture);
}

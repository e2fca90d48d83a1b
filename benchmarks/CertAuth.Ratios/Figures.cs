namespace CertAuth.Ratios;

/// <summary>Formats figures with their significant digits.</summary>
internal static class Figures
{
    internal static string Ratio(double ratio) =>
        Results.Format(ratio, ratio switch { >= 10 => "0.0", >= 0.1 => "0.000", >= 0.01 => "0.0000", _ => "0.00000" });

    internal static string Factor(double factor) => Results.Format(factor, "0.00");

    internal static string Bytes(long bytes) => Results.Format(bytes, "#,0");

    internal static string Goal(Measurement m) => m.Goal is null
        ? ""
        : $"≤ {Results.Format(m.Goal, "0.####")}{(m.GoalBytes is { } bytes ? $", {Bytes(bytes)} B" : "")}";
}

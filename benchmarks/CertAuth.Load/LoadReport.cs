using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CertAuth.Load;

/// <summary>Collects all figures: a table for each condition, and all of them as JSON.</summary>
internal sealed class LoadReport(bool hasVerdicts)
{
    private readonly List<Part> _parts = [];

    internal static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    public string System { get; } = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}";

    public int Cores { get; } = Environment.ProcessorCount;

    public bool IsServerGC { get; } = GCSettings.IsServerGC;

    public IReadOnlyList<Part> Conditions => _parts;

    internal bool IsMissed => _parts.Any(part => part.Rows.Any(row => row.Goal.IsMet == false));

    /// <summary>Adds the figures of one condition and returns its table.</summary>
    internal string Add(Condition condition, IReadOnlyList<LoginKind> kinds, IReadOnlyList<Figures> figures, int reloads)
    {
        IEnumerable<Row> rows = kinds.Zip(figures, (kind, own) => new Row(own, Evaluate(condition, kind, own, figures[0])));
        Part part = new(condition, reloads, [.. rows]);
        _parts.Add(part);
        return Print(part);
    }

    private Goal Evaluate(Condition condition, LoginKind kind, Figures own, Figures baseline)
    {
        Goal goal = Goal.Of(condition, kind, own, baseline, Find);
        return hasVerdicts ? goal : goal with { IsMet = null };
    }

    private Figures? Find(Condition condition, string kind) => _parts
        .FirstOrDefault(part => part.Condition with { Name = "" } == condition with { Name = "" })
        ?.Rows.FirstOrDefault(row => row.Figures.Kind == kind)?.Figures;

    private static string Print(Part part)
    {
        StringBuilder table = new();
        table.Append(CultureInfo.InvariantCulture, $"{part.Condition.Name}");
        table.AppendLine(part.Reloads > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({part.Reloads} of them)") : "");
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"{"kind",-18}{"per second",11}{"ratio",8}{"p50 µs",9}{"p90",9}{"p99",9}{"p99.9",9}{"p99.99",9}{"max",10}"
            + $"{"bytes",8}{"GCs",6}{"waited",8}"
            + $"{part.Rows[0].Goal.Title,15}");
        foreach (Row row in part.Rows)
            table.AppendLine(Print(row));
        return table.ToString();
    }

    private static string Print(Row row)
    {
        (Figures f, Percentiles p) = (row.Figures, row.Figures.Latency);
        string verdict = row.Goal.IsMet is { } isMet ? isMet ? "met" : "MISSED" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Kind,-18}{f.PerSecond,11:0}{f.Ratio,8:0.000}{p.P50,9:0.0}{p.P90,9:0.0}{p.P99,9:0.0}{p.P999,9:0.0}{p.P9999,9:0.0}"
            + $"{p.Max,10:0}{f.Bytes,8}"
            + $"{f.Collections,6}{f.Waited,8}{row.Goal.Ratio,15:0.00}{verdict,8}");
    }

    /// <summary>The figures of one condition.</summary>
    internal sealed record Part(Condition Condition, int Reloads, IReadOnlyList<Row> Rows);

    /// <summary>The figures of a kind and its goal.</summary>
    internal sealed record Row(Figures Figures, Goal Goal);
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace CertAuth.Ratios;

/// <summary>The results of a run, for a file.</summary>
internal sealed record Results(Machine Machine, bool IsSmoke)
{
    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public List<Row> Rows { get; } = [];

    public List<ParallelRow> Parallel { get; } = [];

    internal void Add(string table, int? size, IReadOnlyList<Measurement> measurements)
    {
        foreach (Measurement m in measurements)
        {
            Rows.Add(new(
                table, size, m.Case.Name, m.Case.IsPeer, m.Ratio, m.Microseconds, m.Bytes, m.Case.Goal?.Ratio, m.Case.Goal?.Bytes,
                m.Case.Goal is null ? null : m.IsMet));
        }
    }

    internal void Add(IReadOnlyList<SpeedUp> speedUps) => Parallel.AddRange(
        speedUps.Select(s => new ParallelRow(s.Case.Name, s.Case.IsPeer, s.Factor, s.Goal, s.Goal is null ? null : s.IsMet)));

    internal void WriteTo(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, s_format) + "\n");

    /// <summary>A case with its ratio to the first case of its table.</summary>
    internal sealed record Row(
        string Table,
        int? Size,
        string Case,
        bool IsPeer,
        double Ratio,
        double Microseconds,
        long Bytes,
        double? Goal,
        long? GoalBytes,
        bool? IsMet);

    /// <summary>The throughput of all cores relative to that of one.</summary>
    internal sealed record ParallelRow(string Case, bool IsPeer, double Factor, double? Goal, bool? IsMet);
}

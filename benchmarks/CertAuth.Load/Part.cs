namespace CertAuth.Load;

/// <summary>The figures of one condition.</summary>
internal sealed record Part(Condition Condition, int Reloads, IReadOnlyList<Row> Rows)
{
    /// <summary>Creates the part and evaluates its goals, which depend on the parts before it.</summary>
    internal static Part Create(
        Condition condition, int reloads, IReadOnlyList<LoginKind> kinds, IReadOnlyList<Figures> figures, IReadOnlyList<Part> before)
    {
        return new(condition, reloads, [.. kinds.Zip(figures, (kind, own) =>
        {
            (double? ratio, bool isMet) = condition.Evaluate(own, figures[0], Find);
            return new Row(own, ratio, kind.HasGoals && ratio is not null ? isMet : null);
        })]);

        Figures? Find(int threads, string kind) => before
            .FirstOrDefault(part => part.Condition is { HeapMegabytes: 0, ReloadMilliseconds: 0 } && part.Condition.Threads == threads)
            ?.Rows.FirstOrDefault(row => row.Figures.Kind == kind)?.Figures;
    }

    internal void Print(bool hasVerdicts)
    {
        Console.WriteLine(Condition.Name + (Reloads > 0 ? $" ({Reloads} of them)" : ""));
        TextTable table = new(
            ["kind", "per second", "ratio", .. Rows[0].Figures.Latency.Keys, "bytes", "GCs", "waited", Condition.Goal, ""]);
        foreach ((Figures f, double? ratio, bool? isMet) in Rows)
        {
            table.Add(
            [
                f.Kind, Results.Format(f.PerSecond, "0"), Results.Format(f.Ratio, "0.000"),
                .. f.Latency.Values.Select(microseconds => Results.Format(microseconds, "0.0")),
                $"{f.Bytes}", $"{f.Collections}", $"{f.Waited}", Results.Format(ratio, "0.00"), hasVerdicts ? Results.Verdict(isMet) : "",
            ]);
        }

        table.Print();
    }
}

/// <summary>The figures of a kind and the ratio of its goal; null for the baseline and the packages for comparison.</summary>
internal sealed record Row(Figures Figures, double? Ratio, bool? IsMet);

namespace CertAuth.Load;

/// <summary>The figures of one condition.</summary>
internal sealed record Part(Condition Condition, int Reloads, IReadOnlyList<Row> Rows)
{
    /// <summary>Creates the part and evaluates its goals, which depend on the parts before it.</summary>
    internal static Part Create(
        Condition condition,
        int reloads,
        IReadOnlyList<LoginKind> kinds,
        IReadOnlyList<Figures> figures,
        IReadOnlyList<Part> before,
        bool hasVerdicts)
    {
        IEnumerable<Row> rows = kinds.Zip(figures, (kind, own) =>
        {
            Goal goal = Goal.Evaluate(condition, own, figures[0], Find);
            return new Row(own, hasVerdicts && kind.HasGoals && goal.Ratio is not null ? goal : goal with { IsMet = null });
        });
        return new(condition, reloads, [.. rows]);

        Figures? Find(Condition other, string kind) => before
            .FirstOrDefault(part => part.Condition with { Name = "" } == other with { Name = "" })
            ?.Rows.FirstOrDefault(row => row.Figures.Kind == kind)?.Figures;
    }

    internal void Print()
    {
        Console.WriteLine(Condition.Name + (Reloads > 0 ? $" ({Reloads} of them)" : ""));
        TextTable table = new(
            ["kind", "per second", "ratio", .. Rows[0].Figures.Latency.Keys, "bytes", "GCs", "waited", Rows[0].Goal.Title, ""]);
        foreach ((Figures f, Goal goal) in Rows)
        {
            table.Add(
            [
                f.Kind, Results.Format(f.PerSecond, "0"), Results.Format(f.Ratio, "0.000"),
                .. f.Latency.Values.Select(microseconds => Results.Format(microseconds, "0.0")),
                $"{f.Bytes}", $"{f.Collections}", $"{f.Waited}", Results.Format(goal.Ratio, "0.00"), Results.Verdict(goal.IsMet),
            ]);
        }

        table.Print();
    }
}

/// <summary>The figures of a kind and its goal.</summary>
internal sealed record Row(Figures Figures, Goal Goal);

/// <summary>The goal of a condition: a ratio to another figure, and whether it is met.</summary>
/// <param name="Title">The name of the ratio.</param>
/// <param name="Ratio">The ratio; null for none.</param>
/// <param name="IsMet">true if the goal is met; null for the baseline and the packages for comparison.</param>
internal sealed record Goal(string Title, double? Ratio, bool? IsMet)
{
    private const double MaxTail = 1.5;

    // 1.9 for two threads.
    private const double MinScalingPerThread = 0.95;

    // Reloads may change p99 by at most 1.1 times the change of the baseline, which is the noise of a percentile.
    private const double MaxRelativeP99 = 1.1;

    /// <summary>Evaluates the goal of a kind under a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="own">The figures of the kind.</param>
    /// <param name="baseline">The figures of the baseline under the same condition.</param>
    /// <param name="find">A function that returns the figures of a kind, by name, under another condition; null if there are none.</param>
    internal static Goal Evaluate(Condition condition, Figures own, Figures baseline, Func<Condition, string, Figures?> find)
    {
        if (condition.HeapMegabytes > 0)
        {
            double tail = own.Latency["p99.99"] / baseline.Latency["p99.99"];
            return new("p99.99 / bare", tail, tail <= MaxTail);
        }

        if (condition.ReloadMilliseconds > 0)
        {
            Condition quiet = condition with { ReloadMilliseconds = 0 };
            double? baselineRatio = baseline.Latency["p99"] / find(quiet, baseline.Kind)?.Latency["p99"];
            double? ratio = own.Latency["p99"] / find(quiet, own.Kind)?.Latency["p99"];
            return new("p99 / without", ratio, own.Waited == 0 && ratio <= MaxRelativeP99 * baselineRatio);
        }

        if (condition.Threads == 1)
            return new("", null, null);
        double? scaling = own.PerSecond / find(condition with { Threads = 1 }, own.Kind)?.PerSecond;
        return new("scaling", scaling, scaling >= MinScalingPerThread * condition.Threads);
    }
}

namespace CertAuth.ColdStart;

/// <summary>The figures of all probes, for one way to publish.</summary>
internal sealed record Build(string Name, IReadOnlyList<Row> Probes)
{
    internal const string ReadyToRun = "ReadyToRun";

    // For ReadyToRun, in milliseconds. The preparation counts as well.
    private const double Goal = 10;

    /// <summary>Runs each probe repeatedly, each time in a separate process, in interleaved order.</summary>
    internal static async Task<Build> MeasureAsync(string name, string program, int runs)
    {
        IReadOnlyList<string> probes = ColdStart.Probes.Names;
        List<double[]>[] samples = [.. probes.Select(_ => new List<double[]>())];
        foreach (IGrouping<int, (int Round, int Index)> round in Results.Interleave(runs, probes.Count).GroupBy(turn => turn.Round))
        {
            // The material is valid for a few minutes.
            using MaterialFiles files = new();
            foreach ((_, int i) in round)
            {
                await using Child process = await Child.StartAsync(program, "measure", probes[i], files.Folder);
                samples[i].Add([.. process.FirstLine.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]);
            }
        }

        return new(name, [.. probes.Zip(samples, (probe, of) =>
            Row.Of(probe, of, name == ReadyToRun && probe is "token" or "cert-info" ? Goal : null))]);
    }

    /// <summary>Prints the medians.</summary>
    internal void Print()
    {
        TextTable table = new([$"{Name}, ms", .. ColdStart.Probes.Columns, "min", "max", "goal", ""]);
        foreach (Row row in Probes)
        {
            Spread both = row.Figures["both"];
            table.Add(
            [
                row.Name, .. row.Figures.Values.Select(figure => Results.Format(figure.Median, "0.00")),
                Results.Format(both.Min, "0.00"), Results.Format(both.Max, "0.00"),
                Results.Format(row.Goal, "0"), Results.Verdict(row.IsMet),
            ]);
        }

        table.Print();
    }
}

/// <summary>The figures of a probe, by the names of <see cref="Probes.Columns"/>.</summary>
internal sealed record Row(string Name, IReadOnlyDictionary<string, Spread> Figures, double? Goal)
{
    public bool? IsMet => Goal is null ? null : Figures["both"].Median <= Goal;

    internal static Row Of(string name, IReadOnlyList<double[]> samples, double? goal) => new(
        name,
        Probes.Columns.Select((column, i) => (column, Spread: Spread.Of([.. samples.Select(sample => sample[i])])))
            .ToDictionary(figure => figure.column, figure => figure.Spread),
        goal);
}

/// <summary>The median and the range of one figure.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    internal static Spread Of(double[] values) => new(Results.Median(values), values.Min(), values.Max());
}

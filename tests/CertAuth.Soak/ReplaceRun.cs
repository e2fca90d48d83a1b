using System.Diagnostics;
using System.Globalization;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>Replaces each material so many times, spread over the three ways, one scenario after the other.</summary>
internal static class ReplaceRun
{
    private static readonly string s_header =
        $"{"material",-16}{"way",-10}{"replaced",9}{"logins",10}{"failed",8}{"mixed",7}{"missed",8}{"looks",9}{"refused",9}{"overdue",9}{"excused",9}{"seconds",9}";

    /// <summary>Runs all scenarios; one row each.</summary>
    /// <param name="count">Replacements of each material.</param>
    /// <param name="seed">Where files are torn.</param>
    /// <param name="output">Where rows are printed as they come.</param>
    internal static async Task<IReadOnlyList<Row>> RunAsync(int count, int seed, TextWriter output)
    {
        List<Row> rows = [];
        await output.WriteLineAsync(s_header);
        int index = 0;
        foreach (Scenario scenario in Scenarios.Create(seed))
        {
            using (scenario)
            {
                int way = index++ % Way.Names.Count;
                await RunAsync(scenario, (count / Way.Names.Count) + (way < count % Way.Names.Count ? 1 : 0));
                Row row = new(scenario.Name, scenario.WayName, scenario.Figures);
                rows.Add(row);
                await output.WriteLineAsync(row.ToString());
            }
        }

        return rows;
    }

    private static async Task RunAsync(Scenario scenario, int count)
    {
        long start = Stopwatch.GetTimestamp();
        await scenario.OpenAsync(new());
        using CancellationTokenSource over = new();
        Task looking = Task.Run(() => scenario.LookOnAsync(over.Token));
        using (new LoginLanes([scenario], TimeSpan.Zero))
        {
            for (int i = 0; i < count; i++)
                await scenario.ReplaceAsync();
        }

        await over.CancelAsync();
        await looking;
        scenario.Figures.Time = Stopwatch.GetElapsedTime(start);
    }
}

/// <summary>A row of the table.</summary>
internal sealed record Row(string Material, string Way, Figures Figures)
{
    public override string ToString()
    {
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"{Material,-16}{Way,-10}{Figures.Replacements,9}{Figures.Logins,10}{Figures.Failed,8}{Figures.Mixed,7}{Figures.Missed,8}{Figures.Looks,9}"
            + $"{Figures.Refused,9}{Figures.Overdue,9}{Figures.Excused,9}{Figures.Time.TotalSeconds,9:0.0}");
        return Figures.FirstProblem is null ? row : $"{row}\n    {Figures.FirstProblem}";
    }
}

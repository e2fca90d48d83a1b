using System.Diagnostics;
using System.Globalization;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>Replaces each material so many times, spread over the three ways; in each way all materials at once, each with two threads of logins.</summary>
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
        int way = 0;
        foreach (IGrouping<string, Scenario> scenarios in Scenarios.Create(seed).GroupBy(s => s.WayName))
        {
            int share = (count / WriteStrategy.Names.Count) + (way++ < count % WriteStrategy.Names.Count ? 1 : 0);
            foreach (Row row in await Task.WhenAll(scenarios.Select(s => Task.Run(() => RunAsync(s, share)))))
            {
                rows.Add(row);
                await output.WriteLineAsync(row.ToString());
            }
        }

        return rows;
    }

    private static async Task<Row> RunAsync(Scenario scenario, int count)
    {
        using Scenario running = scenario;
        long start = Stopwatch.GetTimestamp();
        await running.OpenAsync(new());
        using CancellationTokenSource over = new();
        Task looking = Task.Run(() => running.ReloadContinuouslyAsync(over.Token));
        using (new LoginLanes([running], rest: TimeSpan.Zero))
        {
            for (int i = 0; i < count; i++)
                await running.ReplaceAsync();
        }

        await over.CancelAsync();
        await looking;
        running.Figures.Time = Stopwatch.GetElapsedTime(start);
        return new(running.Name, running.WayName, running.Figures);
    }
}

/// <summary>A row of the table.</summary>
internal sealed record Row(string Material, string Way, Figures Figures)
{
    public override string ToString()
    {
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"{Material,-16}{Way,-10}{Figures.Replacements,9}{Figures.Logins,10}{Figures.Failed,8}{Figures.Torn,7}{Figures.Missed,8}{Figures.Reloads,9}"
            + $"{Figures.Rejected,9}{Figures.Overdue,9}{Figures.Excused,9}{Figures.Time.TotalSeconds,9:0.0}");
        return Figures.FirstProblem is null ? row : $"{row}\n    {Figures.FirstProblem}";
    }
}

using System.Diagnostics;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>Replaces each material a number of times, distributed over the three strategies. The materials of a strategy are replaced in
/// parallel, each with two login threads.</summary>
internal static class ReplaceRun
{
    private static readonly string s_header =
        $"{"material",-16}{"strategy",-10}{"replaced",9}{"logins",10}{"failed",8}{"mixed",7}{"missed",8}{"reloads",9}{"rejected",9}"
        + $"{"overdue",9}{"excluded",9}{"seconds",9}";

    /// <summary>Runs all scenarios and returns a row for each.</summary>
    /// <param name="count">The number of replacements of each material.</param>
    /// <param name="seed">The seed for the positions at which writing is interrupted.</param>
    /// <param name="output">The writer for the rows.</param>
    internal static async Task<IReadOnlyList<Row>> RunAsync(int count, int seed, TextWriter output)
    {
        List<Row> rows = [];
        await output.WriteLineAsync(s_header);
        int strategy = 0;
        foreach (IGrouping<string, Scenario> scenarios in Scenarios.Create(seed).GroupBy(s => s.StrategyName))
        {
            int share = (count / WriteStrategy.Names.Count) + (strategy++ < count % WriteStrategy.Names.Count ? 1 : 0);
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
        using CancellationTokenSource stopping = new();
        Task reloading = Task.Run(() => running.ReloadContinuouslyAsync(stopping.Token));
        using (new LoginThreads([running], pause: TimeSpan.Zero))
        {
            for (int i = 0; i < count; i++)
                await running.ReplaceAsync();
        }

        await stopping.CancelAsync();
        await reloading;
        running.Figures.Time = Stopwatch.GetElapsedTime(start);
        return new(running.Name, running.StrategyName, running.Figures);
    }
}

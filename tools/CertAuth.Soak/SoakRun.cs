using System.Diagnostics;
using CertAuth.Reloading;

namespace CertAuth.Soak;

/// <summary>Replaces all materials by all strategies in parallel. The library polls every 100 ms. After a poll has seen a generation, the
/// next one is written.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_sampleInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private const int SamplesPerLine = 15;

    /// <summary>Runs for a given time. Returns true if all logins succeeded and the resources of the process are stable.</summary>
    internal static async Task<bool> RunAsync(TimeSpan time, int seed, TextWriter output)
    {
        using ReloadCounter reloads = new();
        using ReloadMonitor monitor = new();
        Scenario[] scenarios = [.. Scenarios.Create(seed)];
        List<ProcessSample> samples = [];
        try
        {
            foreach (Scenario scenario in scenarios)
                await scenario.OpenAsync(new() { PollInterval = s_pollInterval, Monitor = monitor });
            using CancellationTokenSource stopping = new();
            using (new LoginThreads(scenarios, s_pause))
            {
                Task[] writers = [.. scenarios.Select(s => Task.Run(() => ReplaceContinuouslyAsync(s, stopping.Token)))];
                await SampleAsync(time, samples, output);
                await stopping.CancelAsync();
                await Task.WhenAll(writers);
            }
        }
        finally
        {
            foreach (Scenario scenario in scenarios)
                scenario.Dispose();
        }

        await output.WriteLineAsync($"reloads: {reloads}");
        foreach (Scenario scenario in scenarios)
            await output.WriteLineAsync(Describe(scenario));
        StabilityCheck stability = new(samples);
        foreach (StabilityResult result in stability.Results)
            await output.WriteLineAsync(result.ToString());
        return stability.IsStable && scenarios.All(s => s.Figures.IsAsExpected);
    }

    private static async Task SampleAsync(TimeSpan time, List<ProcessSample> samples, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        await output.WriteLineAsync(ProcessSample.Header);
        for (TimeSpan at = TimeSpan.Zero; at < time; at = Stopwatch.GetElapsedTime(start))
        {
            samples.Add(ProcessSample.Take(at));
            if (samples.Count % SamplesPerLine == 1)
                await output.WriteLineAsync(samples[^1].ToString());
            await Task.Delay(s_sampleInterval);
        }

        samples.Add(ProcessSample.Take(Stopwatch.GetElapsedTime(start)));
        await output.WriteLineAsync(samples[^1].ToString());
    }

    private static async Task ReplaceContinuouslyAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            await scenario.ReplaceAndWaitAsync();
    }

    private static string Describe(Scenario scenario)
    {
        Figures figures = scenario.Figures;
        string line = $"{scenario.Name,-16}{scenario.StrategyName,-10}{figures.Replacements,7} replaced, {figures.Logins} logins, "
            + $"{figures.Failed} failed, "
            + $"{figures.Mixed} mixed, {figures.Missed} missed, {figures.Overdue} overdue, {figures.Excluded} excluded";
        return figures.FirstProblem is null ? line : $"{line}\n    {figures.FirstProblem}";
    }
}

using System.Diagnostics;
using CertAuth.Reloading;
using CertAuth.Soak.Exercises;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>One material that is repeatedly replaced by one strategy while two threads log in.</summary>
internal sealed class Scenario : IDisposable
{
    /// <summary>The number of threads that log in.</summary>
    internal const int LoginThreadCount = 2;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly Exercise _exercise;
    private readonly string _folder = Directory.CreateTempSubdirectory("certauth-soak-").FullName;
    private readonly TornWriteSimulator _simulator;
    private readonly WriteStrategy _strategy;
    private readonly int[] _started = new int[LoginThreadCount];
    private int _written;
    private int _seen;

    internal Scenario(Exercise exercise, string strategy, TimeSpan settleDelay, int seed)
    {
        _exercise = exercise;
        StrategyName = strategy;
        SettleDelay = settleDelay;
        _simulator = new(exercise, settleDelay, seed);
        _strategy = WriteStrategy.Create(strategy, _folder, _simulator);
    }

    internal string Name => _exercise.Name;

    internal string StrategyName { get; }

    internal TimeSpan SettleDelay { get; }

    internal Figures Figures { get; } = new();

    public void Dispose()
    {
        _exercise.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task OpenAsync(ReloadOptions options)
    {
        await _strategy.WriteAsync(_exercise.CreateFiles(0), 0);
        await _exercise.OpenAsync(_folder, options with { SettleDelay = SettleDelay });
    }

    /// <summary>Logs in once, on the login thread with the given index.</summary>
    internal void LogIn(int index)
    {
        LoginContext context = new(Volatile.Read(ref _seen), Volatile.Read(ref _written), Figures.Logins);
        Volatile.Write(ref _started[index], context.Seen);
        LoginVerdict verdict;
        try
        {
            verdict = _exercise.LogIn(context);
        }
#pragma warning disable CA1031 // Every exception is a failed login.
        catch (Exception e)
#pragma warning restore CA1031
        {
            verdict = LoginVerdict.Failed(e.ToString());
        }

        Figures.Count(verdict, _simulator.IsOverdue);
    }

    /// <summary>Reloads continuously, so that some reloads see incomplete files.</summary>
    internal async Task ReloadContinuouslyAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (ReloadResult result in await _exercise.ReloadAsync())
                Figures.CountReload(result.HasFailed);
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>Writes the next generation and reloads, which must see it.</summary>
    internal async Task ReplaceAsync()
    {
        int generation = await WriteNextAsync();
        ReloadResult[] results = await _exercise.ReloadAsync();
        bool isSeen = Array.TrueForAll(results, r => !r.HasFailed) && _exercise.InUse == generation;
        await FinishAsync(generation, isSeen, string.Join(", ", results.Select(r => r.ToString())));
    }

    /// <summary>Writes the next generation and waits until the polls see it.</summary>
    internal async Task ReplaceAndWaitAsync()
    {
        int generation = await WriteNextAsync();
        bool isSeen = await WaitForAsync(generation, () => Task.CompletedTask);
        await FinishAsync(generation, isSeen, "no poll saw it");
    }

    private async Task<int> WriteNextAsync()
    {
        int generation = _written + 1;

        // Waits for logins in progress: the files must contain the CA or key of a login until it ends.
        while (Enumerable.Range(0, LoginThreadCount).Any(index => Volatile.Read(ref _started[index]) < generation - Exercise.Overlap + 1))
            await Task.Delay(1);

        IReadOnlyList<FileContent> files = _exercise.CreateFiles(generation);
        _simulator.Begin(generation);
        await _strategy.WriteAsync(files, generation);
        Volatile.Write(ref _written, generation);
        return generation;
    }

    private async Task FinishAsync(int generation, bool isSeen, string how)
    {
        _simulator.End();
        Figures.Overdue = _simulator.Overdue;
        Figures.Replacements++;
        if (!isSeen)
        {
            // If the generation is seen late, it only counts as missed. If it is never seen, the logins cannot continue.
            Figures.CountMissed($"generation {generation}, in use is {_exercise.InUse}: {how}");
            if (!await WaitForAsync(generation, _exercise.ReloadAsync))
                throw new InvalidOperationException($"{Name}, {StrategyName}: generation {generation} was never seen. {how}");
        }

        Volatile.Write(ref _seen, generation);
    }

    private async Task<bool> WaitForAsync(int generation, Func<Task> reload)
    {
        long start = Stopwatch.GetTimestamp();
        while (_exercise.InUse != generation)
        {
            if (Stopwatch.GetElapsedTime(start) > s_timeout)
                return false;
            await reload();
            await Task.Delay(2);
        }

        return true;
    }
}

namespace CertAuth.Load;

/// <summary>Runs all kinds under one condition in interleaved slices, so that other work on the machine affects all kinds
/// equally.</summary>
internal sealed class LoadRun(IReadOnlyList<LoginKind> kinds, LoginServer server, LoadOptions options)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    // A slice takes about one second, long enough for the garbage collections that the kind causes.
    private readonly int _rounds = (int)Math.Max(1, Math.Round(options.Seconds));

    /// <summary>Runs all kinds until the JIT compiler has optimized them.</summary>
    internal void WarmUp()
    {
        TimeSpan time = options.IsSmoke ? TimeSpan.FromMilliseconds(10) : s_warmUp;
        foreach (LoginKind kind in kinds)
            Slice.Run(kind, Histograms(options.Threads), time);
    }

    /// <summary>Returns the figures of each kind and the number of reloads.</summary>
    internal async Task<(IReadOnlyList<Figures> Figures, int Reloads)> RunAsync(Condition condition)
    {
        HeapBallast ballast = new(condition.HeapMegabytes);
        Reloads? reloads = condition.ReloadMilliseconds > 0 ? new(server, TimeSpan.FromMilliseconds(condition.ReloadMilliseconds)) : null;
        Collector[] collectors = [.. kinds.Select(kind => new Collector(kind, Histograms(condition.Threads)))];
        for (int round = 0; round < _rounds; round++)
        {
            // Each round starts with another kind, so that none always follows the same one.
            for (int turn = 0; turn < collectors.Length; turn++)
            {
                Collector collector = collectors[(turn + round) % collectors.Length];
                long waited = server.Waited;
                collector.Slices.Add(Slice.Run(collector.Kind, collector.Histograms, TimeSpan.FromSeconds(options.Seconds / _rounds)));
                collector.Waited += server.Waited - waited;
            }
        }

        if (reloads is not null)
            await reloads.DisposeAsync();
        GC.KeepAlive(ballast);
        return ([.. collectors.Select(collector => Figures.Of(collector, collectors[0]))], reloads?.Count ?? 0);
    }

    private static LatencyHistogram[] Histograms(int threads) => [.. Enumerable.Range(0, threads).Select(_ => new LatencyHistogram())];
}

namespace CertAuth.Load;

/// <summary>Runs all kinds under one condition, in rounds of slices: whatever slows the machine slows all of them.</summary>
internal sealed class LoadRun(IReadOnlyList<LoginKind> kinds, LoginServer server, LoadOptions options)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    // Slices of about a second: long enough for a kind's own garbage collections.
    private readonly int _rounds = (int)Math.Max(1, Math.Round(options.Seconds));

    /// <summary>Lets the JIT finish with all kinds.</summary>
    internal void WarmUp()
    {
        TimeSpan time = options.IsSmoke ? TimeSpan.FromMilliseconds(10) : s_warmUp;
        foreach (LoginKind kind in kinds)
            Slice.Run(kind, Histograms(options.Threads), time);
    }

    /// <summary>The figures of each kind, and how often everything was reloaded.</summary>
    internal async Task<(IReadOnlyList<Figures> Figures, int Reloads)> RunAsync(Condition condition)
    {
        HeapBallast ballast = new(condition.HeapMegabytes);
        Reloads? reloads = condition.ReloadMilliseconds > 0 ? new(server, TimeSpan.FromMilliseconds(condition.ReloadMilliseconds)) : null;
        Collector[] collectors = [.. kinds.Select(kind => new Collector(kind, Histograms(condition.Threads)))];
        for (int round = 0; round < _rounds; round++)
        {
            // Another one begins each time, so that none always follows the same neighbour.
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

/// <summary>What is gathered of a kind.</summary>
internal sealed record Collector(LoginKind Kind, LatencyHistogram[] Histograms)
{
    internal List<Slice> Slices { get; } = [];

    internal long Waited { get; set; }
}

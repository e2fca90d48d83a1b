namespace CertAuth.Load;

/// <summary>Runs all kinds under one condition in interleaved slices, so that other work on the machine affects all kinds
/// equally.</summary>
internal sealed class LoadRun(IReadOnlyList<LoginKind> kinds, LoginServer server, LoadOptions options)
{
    // Including headers: a node of 48 bytes and its array of 72.
    private const int BytesPerNode = 120, Payload = 48, NodesPerChain = 1000;

    // A slice takes about one second, long enough for the garbage collections that the kind causes.
    private readonly int _rounds = (int)Math.Max(1, Math.Round(options.Seconds));

    /// <summary>Runs all kinds until the JIT compiler has optimized them.</summary>
    internal void WarmUp()
    {
        foreach (LoginKind kind in kinds)
            new Collector(kind, options.Threads).Measure(server, TimeSpan.FromSeconds(options.IsSmoke ? 0.01 : 1));
    }

    /// <summary>Returns the figures of each kind and the number of reloads.</summary>
    internal async Task<(IReadOnlyList<Figures> Figures, int Reloads)> RunAsync(Condition condition)
    {
        LinkedList<byte[]>[] heap = CreateHeap(condition.HeapMegabytes);
        using CancellationTokenSource stop = new();
        TimeSpan interval = TimeSpan.FromMilliseconds(condition.ReloadMilliseconds);
        Task<int> reloads = interval > TimeSpan.Zero ? Task.Run(() => server.ReloadUntilAsync(interval, stop.Token)) : Task.FromResult(0);
        Collector[] collectors = [.. kinds.Select(kind => new Collector(kind, condition.Threads))];
        foreach ((_, int i) in Results.Interleave(_rounds, collectors.Length))
            collectors[i].Measure(server, TimeSpan.FromSeconds(options.Seconds / _rounds));
        await stop.CancelAsync();
        GC.KeepAlive(heap);
        return ([.. collectors.Select(collector => collector.ToFigures(collectors[0]))], await reloads);
    }

    // Many small objects, like those of a server's caches, which the garbage collector must traverse.
    private static LinkedList<byte[]>[] CreateHeap(int megabytes)
    {
        int chains = (int)((long)megabytes * 1024 * 1024 / (BytesPerNode * NodesPerChain));
        return [.. Enumerable.Range(0, chains).Select(_ => new LinkedList<byte[]>(CreatePayloads()))];

        static IEnumerable<byte[]> CreatePayloads() => Enumerable.Range(0, NodesPerChain).Select(_ => new byte[Payload]);
    }

    /// <summary>The measurements of one kind of login under one condition.</summary>
    private sealed class Collector(LoginKind kind, int threads)
    {
        private readonly LatencyHistogram[] _histograms = [.. Enumerable.Range(0, threads).Select(_ => new LatencyHistogram())];
        private readonly List<double> _perSecond = [];
        private long _waited, _bytes;
        private int _collections;

        // Each thread decides continuously and adds the time of each decision to its histogram.
        internal void Measure(LoginServer server, TimeSpan time)
        {
            // Garbage of the previous kind must not count for this one.
            GC.Collect();
            (long bytes, int collections, long waited) = (GC.GetTotalAllocatedBytes(), GC.CollectionCount(0), server.Waited);
            double[] perSecond = new double[threads];
            Workers.Run(threads, i => perSecond[i] = Work(_histograms[i], time));
            _perSecond.Add(perSecond.Sum());
            _bytes += GC.GetTotalAllocatedBytes() - bytes;
            _collections += GC.CollectionCount(0) - collections;
            _waited += server.Waited - waited;
        }

        internal Figures ToFigures(Collector baseline)
        {
            LatencyHistogram all = new();
            foreach (LatencyHistogram histogram in _histograms)
                all.Add(histogram);
            double ratio = Results.Median(baseline._perSecond.Zip(_perSecond, (bare, own) => bare / own));
            return new(
                kind.Name, Results.Median(_perSecond), ratio, all.GetPercentiles(), all.Count, _waited, _bytes / all.Count, _collections);
        }

        private double Work(LatencyHistogram histogram, TimeSpan time)
        {
            long count = histogram.Count;
            long begin = Stopwatch.GetTimestamp();
            long end = begin + (long)(time.TotalSeconds * Stopwatch.Frequency);
            long last = begin;
            do
            {
                kind.Decide();
                long now = Stopwatch.GetTimestamp();
                histogram.Add(now - last);
                last = now;
            }
            while (last < end);
            return (histogram.Count - count) / Stopwatch.GetElapsedTime(begin, last).TotalSeconds;
        }
    }
}

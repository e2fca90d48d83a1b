using System.Diagnostics;

namespace CertAuth.Load;

/// <summary>One kind on some threads for a while, each thread deciding again as soon as it has decided.</summary>
/// <param name="PerSecond">Decisions per second, of all threads together.</param>
/// <param name="Bytes">Bytes allocated by the process.</param>
/// <param name="Collections">Garbage collections.</param>
internal sealed record Slice(double PerSecond, long Bytes, int Collections)
{
    /// <summary>Runs it; each thread notes the time of each decision in its histogram.</summary>
    internal static Slice Run(LoginKind kind, IReadOnlyList<LatencyHistogram> histograms, TimeSpan time)
    {
        // What the kind before left behind is not this one's.
        GC.Collect();
        using Barrier start = new(histograms.Count);
        long bytes = GC.GetTotalAllocatedBytes();
        int collections = GC.CollectionCount(0);
        Task<double>[] workers =
        [
            .. histograms.Select(histogram =>
                Task.Factory.StartNew(() => Work(kind, histogram, start, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        double perSecond = Task.WhenAll(workers).GetAwaiter().GetResult().Sum();
        return new(perSecond, GC.GetTotalAllocatedBytes() - bytes, GC.CollectionCount(0) - collections);
    }

    private static double Work(LoginKind kind, LatencyHistogram histogram, Barrier start, TimeSpan time)
    {
        start.SignalAndWait();
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

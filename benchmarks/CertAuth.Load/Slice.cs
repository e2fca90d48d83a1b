using System.Diagnostics;

namespace CertAuth.Load;

/// <summary>A measurement of one kind on several threads, each of which decides continuously.</summary>
/// <param name="PerSecond">The decisions per second of all threads.</param>
/// <param name="Bytes">The bytes that the process allocated.</param>
/// <param name="Collections">The number of garbage collections.</param>
internal sealed record Slice(double PerSecond, long Bytes, int Collections)
{
    /// <summary>Runs the measurement. Each thread adds the time of each decision to its histogram.</summary>
    internal static Slice Run(LoginKind kind, IReadOnlyList<LatencyHistogram> histograms, TimeSpan time)
    {
        // Garbage of the previous kind must not count for this one.
        GC.Collect();
        using Barrier start = new(histograms.Count);
        long bytes = GC.GetTotalAllocatedBytes();
        int collections = GC.CollectionCount(0);
        Task<double>[] workers =
        [
            .. histograms.Select(histogram =>
                Task.Factory.StartNew(
                    () => Work(kind, histogram, start, time),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default)),
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

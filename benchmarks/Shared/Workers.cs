namespace CertAuth.Benchmarks;

/// <summary>Threads that work in parallel.</summary>
internal static class Workers
{
    /// <summary>Runs the work on a number of new threads and returns the time from the start of the first to the end of the last one. The
    /// work receives the number of its thread.</summary>
    internal static TimeSpan Run(int threads, Action<int> work)
    {
        using Barrier start = new(threads);
        (long Begin, long End)[] times = new (long, long)[threads];
        Task[] workers =
        [
            .. Enumerable.Range(0, threads).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    long begin = Stopwatch.GetTimestamp();
                    work(i);
                    times[i] = (begin, Stopwatch.GetTimestamp());
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        Task.WaitAll(workers);
        return Stopwatch.GetElapsedTime(times.Min(time => time.Begin), times.Max(time => time.End));
    }
}

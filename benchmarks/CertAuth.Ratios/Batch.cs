using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>Runs one case repeatedly.</summary>
internal static class Batch
{
    /// <summary>Warms up a case and returns the number of calls that fill a slice.</summary>
    internal static int Prepare(Case @case, Effort effort)
    {
        long start = Stopwatch.GetTimestamp();
        for (int done = 0; Stopwatch.GetElapsedTime(start) < effort.WarmUp || done < 2; done++)
            Run(@case, 1, out _);

        // Only optimized code is timed, because other work would affect slices of different lengths differently.
        int times = 1;
        TimeSpan elapsed = Run(@case, times, out _);
        while (elapsed < effort.Slice / 4)
        {
            times *= 2;
            elapsed = Run(@case, times, out _);
        }

        return Math.Max(1, (int)(times * (effort.Slice / elapsed)));
    }

    /// <summary>Runs a case and returns the time and the bytes that this thread allocated.</summary>
    internal static TimeSpan Run(Case @case, int times, out long bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool isExpected = true;
        for (int i = 0; i < times; i++)
            isExpected &= @case.Run() == @case.Expected;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return isExpected
            ? elapsed
            : throw new InvalidOperationException($"{@case.Name}: the result must be {@case.Expected}, but was not.");
    }

    internal static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

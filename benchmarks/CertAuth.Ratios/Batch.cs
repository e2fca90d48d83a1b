using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>One case, so many times in a row.</summary>
internal static class Batch
{
    /// <summary>Lets the JIT finish, and finds out how many calls fill a slice.</summary>
    internal static int Prepare(Case @case, Effort effort)
    {
        long start = Stopwatch.GetTimestamp();
        for (int done = 0; Stopwatch.GetElapsedTime(start) < effort.WarmUp || done < 2; done++)
            Run(@case, 1, out _);

        // Only what the JIT is done with is timed: slices of unequal length would be disturbed unequally.
        int times = 1;
        TimeSpan elapsed = Run(@case, times, out _);
        while (elapsed < effort.Slice / 4)
        {
            times *= 2;
            elapsed = Run(@case, times, out _);
        }

        return Math.Max(1, (int)(times * (effort.Slice / elapsed)));
    }

    /// <summary>The time it took, and the bytes that this thread allocated.</summary>
    internal static TimeSpan Run(Case @case, int times, out long bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool isExpected = true;
        for (int i = 0; i < times; i++)
            isExpected &= @case.Run() == @case.Expected;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return isExpected ? elapsed : throw new InvalidOperationException($"{@case.Name}: not {@case.Expected}, as it must be.");
    }

    internal static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

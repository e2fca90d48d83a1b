using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>One case, so many times in a row.</summary>
internal static class Batch
{
    /// <summary>Lets the JIT finish, and finds out how many calls fill a slice.</summary>
    internal static int Prepare(Case @case, Effort effort)
    {
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        do
        {
            Run(@case, 1, out _);
            done++;
        }
        while (Stopwatch.GetElapsedTime(start) < effort.WarmUp || done < 2);

        int perSlice = (int)(done * (effort.Slice / Stopwatch.GetElapsedTime(start)));
        return Math.Max(1, perSlice);
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

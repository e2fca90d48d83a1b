using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>Runs one case repeatedly.</summary>
internal static class Batch
{
    /// <summary>Warms up a case and returns the number of calls that fill a slice.</summary>
    internal static int Prepare(Case @case, MeasurementSettings settings)
    {
        long start = Stopwatch.GetTimestamp();
        for (int done = 0; Stopwatch.GetElapsedTime(start) < settings.WarmUp || done < 2; done++)
            Run(@case, 1, out _);

        // The slice is measured after the warm-up, when the JIT compiler has optimized the code. All slices then have about the same
        // length, so that other work on the machine affects them equally.
        int times = 1;
        TimeSpan elapsed = Run(@case, times, out _);
        while (elapsed < settings.Slice / 4)
        {
            times *= 2;
            elapsed = Run(@case, times, out _);
        }

        return Math.Max(1, (int)(times * (settings.Slice / elapsed)));
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
            : throw new InvalidOperationException($"{@case.Name}: the result is not {@case.Expected}, as expected.");
    }

    internal static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

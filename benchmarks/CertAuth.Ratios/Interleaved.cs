using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>Runs cases in turns in one process and compares each with the first: whatever slows the machine slows all of them.</summary>
internal sealed class Interleaved(IReadOnlyList<Case> cases, int rounds, TimeSpan slice, TimeSpan warmUp)
{
    /// <summary>The median over the rounds of each case's ratio to the first case, and its bytes per operation.</summary>
    internal Measurement[] Measure()
    {
        int[] batches = [.. cases.Select(Prepare)];
        double[][] ratios = [.. cases.Select(_ => new double[rounds])];
        double[][] nanoseconds = [.. cases.Select(_ => new double[rounds])];
        long[] bytes = new long[cases.Count];
        for (int round = 0; round < rounds; round++)
        {
            // Another one begins each time, so that none always follows the same neighbour.
            for (int turn = 0; turn < cases.Count; turn++)
            {
                int i = (turn + round) % cases.Count;
                nanoseconds[i][round] = Run(cases[i], batches[i], out long allocated).TotalNanoseconds / batches[i];
                bytes[i] += allocated;
            }

            for (int i = 0; i < cases.Count; i++)
                ratios[i][round] = nanoseconds[i][round] / nanoseconds[0][round];
        }

        return
        [
            .. cases.Select((c, i) =>
                new Measurement(c, Median(ratios[i]), Median(nanoseconds[i]) / 1000, bytes[i] / ((long)batches[i] * rounds))),
        ];
    }

    /// <summary>Lets the JIT finish, and finds out how many operations fill a slice.</summary>
    private int Prepare(Case @case)
    {
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        do
        {
            Run(@case, 1, out _);
            done++;
        }
        while (Stopwatch.GetElapsedTime(start) < warmUp || done < 2);

        int perSlice = (int)(done * (slice / Stopwatch.GetElapsedTime(start)));
        return Math.Max(1, perSlice);
    }

    private static TimeSpan Run(Case @case, int times, out long bytes)
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

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>What was measured of a case.</summary>
internal sealed record Measurement(Case Case, double Ratio, double Microseconds, long Bytes)
{
    internal string Verdict => Case.Goal is not { } goal ? "" : Ratio <= goal ? "met" : "MISSED";
}

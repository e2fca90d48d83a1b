namespace CertAuth.Ratios;

/// <summary>Runs one case repeatedly.</summary>
internal sealed class Batch(Case @case)
{
    private readonly Func<bool> _run = @case.Bind();

    /// <summary>The number of calls that fill a slice.</summary>
    internal int Calls { get; private set; }

    internal double Operations => (double)Calls * @case.Operations;

    /// <summary>Creates the material, warms up the case and determines how many calls fill a slice.</summary>
    internal static Batch Prepare(Case @case, MeasurementSettings settings)
    {
        Batch batch = new(@case);
        long start = Stopwatch.GetTimestamp();
        for (int done = 0; Stopwatch.GetElapsedTime(start) < settings.WarmUp || done < 2; done++)
            batch.Run(1, out _);

        // The slice is measured after the warm-up, when the JIT compiler has optimized the code. All slices then have about the same
        // length, so that other work on the machine affects them equally.
        int calls = 1;
        TimeSpan elapsed = batch.Run(calls, out _);
        while (elapsed < settings.Slice / 4)
        {
            calls *= 2;
            elapsed = batch.Run(calls, out _);
        }

        batch.Calls = Math.Max(1, (int)(calls * (settings.Slice / elapsed)));
        return batch;
    }

    /// <summary>Runs a slice and returns the time and the bytes that this thread allocated.</summary>
    internal TimeSpan Run(out long bytes) => Run(Calls, out bytes);

    private TimeSpan Run(int calls, out long bytes)
    {
        Func<bool> run = _run;
        bool expected = @case.Expected;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool isExpected = true;
        for (int i = 0; i < calls; i++)
            isExpected &= run() == expected;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return isExpected ? elapsed : throw new InvalidOperationException($"{@case.Name}: the result is not {expected}, as expected.");
    }
}

/// <summary>The duration of a measurement: after a warm-up, a number of rounds with one time slice for each case.</summary>
internal sealed record MeasurementSettings(int Rounds, TimeSpan Slice, TimeSpan WarmUp)
{
    internal static MeasurementSettings Full { get; } = new(31, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(300));

    /// <summary>Runs each case, without meaningful figures.</summary>
    internal static MeasurementSettings Smoke { get; } = new(1, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
}

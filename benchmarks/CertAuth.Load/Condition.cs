namespace CertAuth.Load;

/// <summary>A condition under which decisions are measured: a number of threads, an additional live heap, and an interval between reloads
/// of all material, or 0 for none. Its goal is a ratio to another figure.</summary>
internal sealed record Condition(string Name, int Threads, int HeapMegabytes = 0, int ReloadMilliseconds = 0)
{
    private const double MaxTail = 1.5;

    // 1.9 for two threads.
    private const double MinScalingPerThread = 0.95;

    // Reloads may change p99 by at most 1.1 times the change of the baseline, which is the noise of a percentile.
    private const double MaxRelativeP99 = 1.1;

    /// <summary>The name of the ratio.</summary>
    internal string Goal => HeapMegabytes > 0 ? "p99.99 / bare" : ReloadMilliseconds > 0 ? "p99 / without" : Threads > 1 ? "scaling" : "";

    internal static IEnumerable<Condition> Of(LoadOptions options)
    {
        yield return new("one thread", 1);
        Condition all = new($"{options.Threads} threads", options.Threads);
        (int heap, int reload) = (options.HeapMegabytes, options.ReloadMilliseconds);
        if (options.Threads > 1)
            yield return all;
        if (heap > 0)
            yield return all with { Name = $"{all.Name}, a live heap of {heap} MB", HeapMegabytes = heap };
        if (reload > 0)
            yield return all with { Name = $"{all.Name}, a reload every {reload} ms", ReloadMilliseconds = reload };
    }

    /// <summary>Returns the ratio of a kind, null for none, and whether the goal is met. <paramref name="bare"/> is the baseline under the
    /// same condition; <paramref name="find"/> returns the figures of a kind with only a number of threads, or null.</summary>
    internal (double? Ratio, bool IsMet) Evaluate(Figures own, Figures bare, Func<int, string, Figures?> find)
    {
        if (HeapMegabytes > 0)
        {
            double tail = own.Latency["p99.99"] / bare.Latency["p99.99"];
            return (tail, tail <= MaxTail);
        }

        if (ReloadMilliseconds > 0)
        {
            double? noise = bare.Latency["p99"] / find(Threads, bare.Kind)?.Latency["p99"];
            double? p99 = own.Latency["p99"] / find(Threads, own.Kind)?.Latency["p99"];
            return (p99, own.Waited == 0 && p99 <= MaxRelativeP99 * noise);
        }

        double? scaling = Threads > 1 ? own.PerSecond / find(1, own.Kind)?.PerSecond : null;
        return (scaling, scaling >= MinScalingPerThread * Threads);
    }
}

namespace CertAuth.Ratios;

/// <summary>Runs each case on one core and on all cores, interleaved, and compares the throughput.</summary>
/// <remarks>All threads share the objects, like the logins of a server.</remarks>
internal static class ParallelRun
{
    // The minimum throughput per core relative to one core: 1.9 for two cores.
    private const double MinScalingPerCore = 0.95;

    /// <summary>Returns the ratio of each case's throughput on all cores to that on one, the median over the rounds.</summary>
    internal static SpeedUp[] Measure(IReadOnlyList<Case> cases, MeasurementSettings settings)
    {
        int cores = Environment.ProcessorCount;
        Batch[] batches = [.. cases.Select(c => Batch.Prepare(c, settings))];
        double[][] ratios = [.. cases.Select(_ => new double[settings.Rounds])];
        for (int round = 0; round < settings.Rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                Action<int> work = _ => batches[i].Run(out long _);

                // The order of the two also alternates.
                TimeSpan allCores = round % 2 == 0 ? Workers.Run(cores, work) : default;
                TimeSpan oneCore = Workers.Run(1, work);
                allCores = round % 2 == 0 ? allCores : Workers.Run(cores, work);
                ratios[i][round] = cores * (oneCore / allCores);
            }
        }

        return
        [
            .. cases.Select((c, i) =>
                new SpeedUp(c.Name, c.IsPeer, Results.Median(ratios[i]), c.IsPeer ? null : MinScalingPerCore * cores)),
        ];
    }
}

/// <summary>The ratio of the throughput of all cores to that of one.</summary>
internal sealed record SpeedUp(string Case, bool IsPeer, double Factor, double? Goal)
{
    public bool? IsMet => Goal is null ? null : Factor >= Goal;
}

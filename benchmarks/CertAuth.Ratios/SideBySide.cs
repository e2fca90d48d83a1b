namespace CertAuth.Ratios;

/// <summary>Runs each case on one core and on all cores at once, in turns: by how much do more cores do more?</summary>
/// <remarks>All threads share the objects, as the logins of a server do.</remarks>
internal sealed class SideBySide(IReadOnlyList<Case> cases, Effort effort, int cores)
{
    /// <summary>Of each core at least this share must come through: 1.9 of 2.</summary>
    internal const double Share = 0.95;

    /// <summary>The median over the rounds of each case's throughput on all cores, beside that on one.</summary>
    internal SpeedUp[] Measure()
    {
        int[] batches = [.. cases.Select(c => Batch.Prepare(c, effort))];
        double[][] ratios = [.. cases.Select(_ => new double[effort.Rounds])];
        using WorkerThreads one = new(1), all = new(cores);
        for (int round = 0; round < effort.Rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                Action work = () => Batch.Run(cases[i], batches[i], out _);

                // Which of the two comes first changes, too.
                TimeSpan together = round % 2 == 0 ? all.Run(work) : default;
                TimeSpan alone = one.Run(work);
                together = round % 2 == 0 ? together : all.Run(work);
                ratios[i][round] = cores * (alone / together);
            }
        }

        return [.. cases.Select((c, i) => new SpeedUp(c, Batch.Median(ratios[i]), c.IsPeer ? null : Share * cores))];
    }
}

/// <summary>How many times as much all cores do as one.</summary>
internal sealed record SpeedUp(Case Case, double Factor, double? Goal)
{
    internal bool IsMet => Goal is not { } goal || Factor >= goal;
}

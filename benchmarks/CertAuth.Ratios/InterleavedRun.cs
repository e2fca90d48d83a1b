namespace CertAuth.Ratios;

/// <summary>Runs cases in turns in one process and compares each with the first: whatever slows the machine slows all of them.</summary>
internal sealed class InterleavedRun(IReadOnlyList<Case> cases, Effort effort)
{
    /// <summary>The median over the rounds of each case's ratio to the first case, and its bytes per operation.</summary>
    internal Measurement[] Measure()
    {
        int[] batches = [.. cases.Select(c => Batch.Prepare(c, effort))];
        double[][] ratios = [.. cases.Select(_ => new double[effort.Rounds])];
        double[][] nanoseconds = [.. cases.Select(_ => new double[effort.Rounds])];
        long[] bytes = new long[cases.Count];
        for (int round = 0; round < effort.Rounds; round++)
        {
            // Another one begins each time, so that none always follows the same neighbour.
            for (int turn = 0; turn < cases.Count; turn++)
            {
                int i = (turn + round) % cases.Count;
                double operations = (double)batches[i] * cases[i].Operations;
                nanoseconds[i][round] = Batch.Run(cases[i], batches[i], out long allocated).TotalNanoseconds / operations;
                bytes[i] += allocated;
            }

            for (int i = 0; i < cases.Count; i++)
                ratios[i][round] = nanoseconds[i][round] / nanoseconds[0][round];
        }

        return
        [
            .. cases.Select((c, i) => new Measurement(
                c,
                Batch.Median(ratios[i]),
                Batch.Median(nanoseconds[i]) / 1000,
                (long)Math.Round(bytes[i] / ((double)batches[i] * c.Operations * effort.Rounds)))),
        ];
    }
}

/// <summary>What was measured of a case: medians, and bytes of one operation.</summary>
internal sealed record Measurement(Case Case, double Ratio, double Microseconds, long Bytes)
{
    /// <summary>Whether the goal is met; true where there is none.</summary>
    internal bool IsMet => Case.Goal is not { } goal || (Ratio <= goal.Ratio && (goal.Bytes is not { } bytes || Bytes <= bytes));
}

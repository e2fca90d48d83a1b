namespace CertAuth.Ratios;

/// <summary>Runs cases interleaved in one process and compares each with the first, so that other work on the machine affects all
/// equally.</summary>
internal sealed class InterleavedRun(IReadOnlyList<Case> cases, MeasurementSettings settings)
{
    /// <summary>Returns each case's ratio to the first case, the median over the rounds, and its bytes per operation.</summary>
    internal Measurement[] Measure()
    {
        int[] batches = [.. cases.Select(c => Batch.Prepare(c, settings))];
        double[][] ratios = [.. cases.Select(_ => new double[settings.Rounds])];
        double[][] nanoseconds = [.. cases.Select(_ => new double[settings.Rounds])];
        long[] bytes = new long[cases.Count];
        for (int round = 0; round < settings.Rounds; round++)
        {
            // Each round starts with another case, so that none always follows the same one.
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
                (long)Math.Round(bytes[i] / ((double)batches[i] * c.Operations * settings.Rounds)))),
        ];
    }
}

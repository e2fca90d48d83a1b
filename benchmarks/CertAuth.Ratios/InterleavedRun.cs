namespace CertAuth.Ratios;

/// <summary>Runs cases interleaved in one process and compares each with the first, so that other work on the machine affects all
/// equally.</summary>
internal static class InterleavedRun
{
    /// <summary>Returns each case's ratio to the first case, the median over the rounds, and its bytes per operation.</summary>
    internal static Measurement[] Measure(Table table, MeasurementSettings settings)
    {
        IReadOnlyList<Case> cases = table.Cases;
        Batch[] batches = [.. cases.Select(c => Batch.Prepare(c, settings))];
        double[][] nanoseconds = [.. cases.Select(_ => new double[settings.Rounds])];
        long[] bytes = new long[cases.Count];
        foreach ((int round, int i) in Results.Interleave(settings.Rounds, cases.Count))
        {
            nanoseconds[i][round] = batches[i].Run(out long allocated).TotalNanoseconds / batches[i].Operations;
            bytes[i] += allocated;
        }

        return
        [
            .. cases.Select((c, i) => new Measurement(
                table.Title, c.Size, c.Name, c.IsPeer,
                Results.Median(nanoseconds[i].Zip(nanoseconds[0], (own, unit) => own / unit)),
                Results.Median(nanoseconds[i]) / 1000,
                (long)Math.Round(bytes[i] / (batches[i].Operations * settings.Rounds)),
                c.Goal?.Ratio, c.Goal?.Bytes)),
        ];
    }
}

/// <summary>The figures of a case: medians, and bytes of one operation.</summary>
internal sealed record Measurement(
    string Table, int? Size, string Case, bool IsPeer, double Ratio, double Microseconds, long Bytes, double? Goal, long? GoalBytes)
{
    /// <summary>A value that indicates whether the goal is met; null if there is none.</summary>
    public bool? IsMet => Goal is null ? null : Ratio <= Goal && !(Bytes > GoalBytes);
}

namespace CertAuth.Ratios;

/// <summary>A table with one row for each goal and the cases for comparison.</summary>
internal sealed class Summary(bool isSmoke)
{
    private readonly List<string[]> _rows = [];

    internal bool IsAnyMissed { get; private set; }

    internal void Add(IReadOnlyList<Measurement> measurements)
    {
        string unit = measurements[0].Case == "RSA.VerifyHash" ? "" : $" of {measurements[0].Case}";
        IEnumerable<Measurement> others = measurements.Skip(1).Where(m => m.IsPeer);
        string peers = string.Join(" · ", others.Select(m => $"{m.Case} {Figures.Ratio(m.Ratio)} ({Figures.Bytes(m.Bytes)} B)"));
        foreach (Measurement row in measurements.Where(m => m.Goal is not null))
        {
            Add(row.Case, peers, Figures.Goal(row) + unit, Figures.Ratio(row.Ratio), Figures.Bytes(row.Bytes), row.IsMet);

            // The cases for comparison appear once, in the first row of their table.
            peers = peers.Length == 0 ? "" : "as above";
        }
    }

    internal void Add(IReadOnlyList<SpeedUp> speedUps)
    {
        SpeedUp[] own = [.. speedUps.Where(s => s.Goal is not null)];
        if (own.MinBy(s => s.Factor) is not { } least)
            return;

        string work = $"parallel, {Environment.ProcessorCount} cores: the least of {own.Length} operations, {least.Case}";
        string peers = string.Join(" · ", speedUps.Where(s => s.Goal is null).Select(s => $"{s.Case} {Figures.Factor(s.Factor)}"));
        Add(work, peers, $"≥ {Figures.Factor(least.Goal!.Value)}", Figures.Factor(least.Factor), "", least.IsMet);
    }

    /// <summary>Prints the table. Without Markdown, it omits the cases for comparison, which the tables above contain.</summary>
    internal void Print(bool isMarkdown)
    {
        TextTable sheet = new(Select(["work", "for comparison: ratio (bytes)", "goal", "CertAuth", "bytes", ""]));
        foreach (string[] row in _rows)
            sheet.Add(Select(row));
        sheet.Print(isMarkdown);

        string[] Select(string[] row) => isMarkdown ? row : [row[0], .. row[2..]];
    }

    private void Add(string work, string peers, string goal, string figure, string bytes, bool? isMet)
    {
        _rows.Add([work, peers, goal, figure, bytes, isSmoke ? "" : Results.Verdict(isMet)]);
        IsAnyMissed |= isMet == false;
    }
}

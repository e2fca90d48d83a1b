namespace CertAuth.Ratios;

/// <summary>A table with one row for each goal and the cases for comparison.</summary>
internal sealed class Summary(bool isSmoke)
{
    private readonly List<(string Work, string Peers, string Goal, string Figure, string Bytes, string Verdict)> _rows = [];

    internal bool IsAnyMissed { get; private set; }

    internal void Add(IReadOnlyList<Measurement> measurements)
    {
        string unit = measurements[0].Case.Name;
        IEnumerable<Measurement> others = measurements.Skip(1).Where(m => m.Case.IsPeer);
        string peers = string.Join(" · ", others.Select(m => $"{m.Case.Name} {Figures.Ratio(m.Ratio)} ({Figures.Bytes(m.Bytes)} B)"));
        foreach (Measurement row in measurements.Where(m => m.Case.Goal is not null))
        {
            string goal = Figures.Goal(row.Case.Goal) + (unit == "RSA.VerifyHash" ? "" : $" of {unit}");
            string verdict = Figures.Verdict(!isSmoke, row.IsMet);
            _rows.Add((row.Case.Name, peers, goal, Figures.Ratio(row.Ratio), Figures.Bytes(row.Bytes), verdict));
            IsAnyMissed |= !row.IsMet;

            // The cases for comparison appear once, in the first row of their table.
            peers = peers.Length == 0 ? "" : "as above";
        }
    }

    internal void Add(IReadOnlyList<SpeedUp> speedUps, int cores)
    {
        string peers = string.Join(" · ", speedUps.Where(s => s.Goal is null).Select(s => $"{s.Case.Name} {Figures.Factor(s.Factor)}"));
        if (speedUps.Where(s => s.Goal is not null).MinBy(s => s.Factor) is not { } least)
            return;

        _rows.Add((
            $"parallel, {cores} cores: the least of {speedUps.Count(s => s.Goal is not null)} operations, {least.Case.Name}",
            peers,
            $"≥ {Figures.Factor(least.Goal!.Value)}",
            Figures.Factor(least.Factor),
            "",
            Figures.Verdict(!isSmoke, least.IsMet)));
        IsAnyMissed |= !least.IsMet;
    }

    /// <summary>Prints the table. Without Markdown, it omits the cases for comparison, which the tables above contain.</summary>
    internal void Print(TextWriter output, bool isMarkdown)
    {
        TextTable sheet = isMarkdown
            ? new("work", "for comparison: ratio (bytes)", "goal", "CertAuth", "bytes", "")
            : new("work", "goal", "CertAuth", "bytes", "");
        foreach ((string work, string peers, string goal, string figure, string bytes, string verdict) in _rows)
        {
            if (isMarkdown)
                sheet.Add(work, peers, goal, figure, bytes, verdict);
            else
                sheet.Add(work, goal, figure, bytes, verdict);
        }

        sheet.Print(output, isMarkdown);
    }
}

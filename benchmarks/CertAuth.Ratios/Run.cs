using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>A run: measures the suites, prints their tables, and collects the results.</summary>
internal sealed class Run(Command command, TextWriter output) : IDisposable
{
    // Starting and stopping threads takes some microseconds. In a longer slice, this is a small part.
    private const int ParallelSliceFactor = 4;

    private readonly RsaVerification _rsa = new();
    private readonly MeasurementSettings _settings = command.IsSmoke ? MeasurementSettings.Smoke : MeasurementSettings.Full;
    private readonly Results _results = new(Machine.Describe(), command.IsSmoke);
    private readonly Summary _summary = new(command.IsSmoke);

    /// <summary>Runs all suites. Returns true if all goals are met.</summary>
    internal bool Execute()
    {
        output.WriteLine(_results.Machine);
        output.WriteLine();
        if (command.IsGrowth)
            MeasureGrowth();
        else
            MeasureSuites();

        if (command.JsonFile is { } file)
            _results.WriteTo(file);
        if (command.IsSmoke)
            output.WriteLine("This is a smoke run: the figures are not meaningful.");
        return !_summary.IsAnyMissed;
    }

    public void Dispose() => _rsa.Dispose();

    private void MeasureSuites()
    {
        List<SpeedUp> speedUps = [];
        if (command.IsParallel)
            speedUps.AddRange(SpeedUp(Suites.ParallelPeers(_rsa)));
        foreach (string name in command.SuiteNames)
        {
            using Suite<Table> suite = Suites.All[name](_rsa);
            foreach (Table table in suite.Tables)
                Measure(table);
            if (command.IsParallel)
                speedUps.AddRange(SpeedUp([.. suite.Tables.SelectMany(table => table.Cases).Where(c => !c.IsPeer)]));
        }

        if (command.IsParallel)
            PrintParallel(speedUps);
        Heading("summary: ratio to one RSA.VerifyHash");
        _summary.Print(output, command.IsMarkdown);
    }

    private void Measure(Table table)
    {
        Measurement[] measurements = new InterleavedRun(table.Cases, _settings).Measure();
        TextTable sheet = new("case", "ratio", "goal", "", "µs", "bytes");
        foreach (Measurement m in measurements)
        {
            sheet.Add(
                m.Case.Name, Figures.Ratio(m.Ratio), Figures.Goal(m.Case.Goal), Verdict(m.Case.Goal is not null, m.IsMet),
                Figures.Microseconds(m.Microseconds), Figures.Bytes(m.Bytes));
        }

        Heading(table.Title);
        sheet.Print(output, command.IsMarkdown);
        _summary.Add(measurements);
        _results.Add(table.Title, null, measurements);
    }

    private SpeedUp[] SpeedUp(IReadOnlyList<Case> cases) =>
        new ParallelRun(cases, _settings with { Slice = ParallelSliceFactor * _settings.Slice }, Environment.ProcessorCount).Measure();

    private void PrintParallel(IReadOnlyList<SpeedUp> speedUps)
    {
        TextTable sheet = new("case", "all cores / one", "goal", "");
        foreach (SpeedUp s in speedUps)
        {
            string goal = s.Goal is { } factor ? $"≥ {Figures.Factor(factor)}" : "";
            sheet.Add(s.Case.Name, Figures.Factor(s.Factor), goal, Verdict(s.Goal is not null, s.IsMet));
        }

        Heading($"parallel: throughput of {Environment.ProcessorCount} cores relative to one");
        sheet.Print(output, command.IsMarkdown);
        _summary.Add(speedUps, Environment.ProcessorCount);
        _results.Add(speedUps);
    }

    private void MeasureGrowth()
    {
        foreach (string name in command.SuiteNames)
        {
            using Suite<GrowthTable> suite = Suites.Growing[name]();
            foreach (GrowthTable table in suite.Tables)
                Measure(table);
        }
    }

    // All sizes run interleaved with each other and with the unit.
    private void Measure(GrowthTable table)
    {
        Measurement[] all = new InterleavedRun([Suites.Unit(_rsa), .. table.Rows.SelectMany(row => row.Cases)], _settings).Measure();
        TextTable sheet = new([table.Of, .. table.Rows[0].Cases.Select(c => c.Name)]);
        int next = 1;
        foreach (GrowthRow row in table.Rows)
        {
            Measurement[] measurements = all[next..(next += row.Cases.Count)];
            sheet.Add([$"{row.Size}", .. measurements.Select(m => $"{Figures.Ratio(m.Ratio)} ({Figures.Bytes(m.Bytes)} B)")]);
            _results.Add(table.Title, row.Size, measurements);
        }

        Heading($"growth: {table.Title}, ratio to one RSA.VerifyHash (bytes)");
        sheet.Print(output, command.IsMarkdown);
    }

    private void Heading(string title) => output.WriteLine(command.IsMarkdown ? $"## {title}\n" : $"== {title}");

    private string Verdict(bool hasGoal, bool isMet) => command.IsSmoke ? "" : Figures.Verdict(hasGoal, isMet);
}

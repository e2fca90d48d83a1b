using CertAuth.Ratios.Suites;

namespace CertAuth.Ratios;

/// <summary>A run: measures the suites, prints their tables, and collects the results.</summary>
internal sealed class Run(Command command)
{
    // Starting and stopping threads takes some microseconds. In a longer slice, this is a small part.
    private const int ParallelSliceFactor = 4;

    private readonly Case _unit = Suite.CreateUnit();
    private readonly MeasurementSettings _settings = command.IsSmoke ? MeasurementSettings.Smoke : MeasurementSettings.Full;
    private readonly List<Measurement> _rows = [];
    private readonly List<SpeedUp> _parallel = [];
    private readonly Summary _summary = new(command.IsSmoke);

    /// <summary>Runs all suites. Returns true if all goals are met.</summary>
    internal bool Execute()
    {
        Machine machine = Machine.Describe();
        Console.WriteLine($"{machine}\n");
        if (command.IsParallel)
            Accelerate([_unit, new Cases<TokenMaterial>(() => new(1)).Peer(TokenSuite.Peer, m => m.Peers.Validate())]);
        foreach (string name in command.SuiteNames)
        {
            Suite suite = Suite.Create(name, _unit);
            foreach (Table table in command.IsGrowth ? suite.Growth : suite.Tables)
                Measure(table);
            if (command.IsParallel)
                Accelerate([.. suite.Tables.SelectMany(table => table.Cases).Where(c => !c.IsPeer)]);
        }

        if (command.IsParallel)
            PrintParallel();
        if (!command.IsGrowth)
        {
            Heading("summary: ratio to one RSA.VerifyHash");
            _summary.Print(command.IsMarkdown);
        }

        Results.Write(command.JsonFile, new { machine, command.IsSmoke, Rows = _rows, Parallel = _parallel });
        if (command.IsSmoke)
            Console.WriteLine(Results.SmokeNotice);
        return !_summary.IsAnyMissed;
    }

    private void Measure(Table table)
    {
        Measurement[] measurements = InterleavedRun.Measure(table, _settings);
        _rows.AddRange(measurements);
        if (command.IsGrowth)
            PrintGrowth(table, measurements);
        else
            Print(table, measurements);
    }

    private void Print(Table table, Measurement[] measurements)
    {
        TextTable sheet = new("case", "ratio", "goal", "", "µs", "bytes");
        foreach (Measurement m in measurements)
        {
            sheet.Add(
                m.Case, Figures.Ratio(m.Ratio), Figures.Goal(m), Verdict(m.IsMet),
                Results.Format(m.Microseconds, m.Microseconds >= 10 ? "0.0" : "0.000"), Figures.Bytes(m.Bytes));
        }

        Heading(table.Title);
        sheet.Print(command.IsMarkdown);
        _summary.Add(measurements);
    }

    private void PrintGrowth(Table table, Measurement[] measurements)
    {
        Measurement[] sized = [.. measurements.Where(m => m.Size is not null)];
        TextTable sheet = new([table.Of, .. sized.Select(m => m.Size).Distinct().Select(size => $"{size}")]);
        foreach (IGrouping<string, Measurement> row in sized.GroupBy(m => m.Case))
            sheet.Add([row.Key, .. row.Select(m => $"{Figures.Ratio(m.Ratio)} ({Figures.Bytes(m.Bytes)} B)")]);
        Heading($"growth: {table.Title}, ratio to one RSA.VerifyHash (bytes)");
        sheet.Print(command.IsMarkdown);
    }

    private void Accelerate(IReadOnlyList<Case> cases) =>
        _parallel.AddRange(ParallelRun.Measure(cases, _settings with { Slice = ParallelSliceFactor * _settings.Slice }));

    private void PrintParallel()
    {
        TextTable sheet = new("case", "all cores / one", "goal", "");
        foreach (SpeedUp s in _parallel)
            sheet.Add(s.Case, Figures.Factor(s.Factor), s.Goal is { } goal ? $"≥ {Figures.Factor(goal)}" : "", Verdict(s.IsMet));
        Heading($"parallel: throughput of {Environment.ProcessorCount} cores relative to one");
        sheet.Print(command.IsMarkdown);
        _summary.Add(_parallel);
    }

    private void Heading(string title) => Console.WriteLine(command.IsMarkdown ? $"## {title}\n" : $"== {title}");

    private string Verdict(bool? isMet) => command.IsSmoke ? "" : Results.Verdict(isMet);
}

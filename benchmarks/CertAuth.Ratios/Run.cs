using CertAuth.Ratios.Suites;

namespace CertAuth.Ratios;

/// <summary>A run: measures the suites, prints their tables, and collects the results.</summary>
internal sealed class Run(Command command)
{
    // Starting and stopping threads takes some microseconds. In a longer slice, this is a small part.
    private const int ParallelSliceFactor = 4;

    private readonly MeasurementSettings _settings = command.IsSmoke ? MeasurementSettings.Smoke : MeasurementSettings.Full;
    private readonly List<Measurement> _rows = [];
    private readonly List<SpeedUp> _parallel = [];

    /// <summary>Runs all suites. Returns true if all goals are met.</summary>
    internal bool Execute()
    {
        Machine machine = Machine.Describe();
        Console.WriteLine($"{machine}\n");
        Case unit = Suite.CreateUnit();
        if (command.IsParallel)
            Accelerate([unit, new Cases<TokenMaterial>(() => new(1)).Peer(TokenSuite.Peer, m => m.ValidateByPeer())]);
        foreach (string name in command.SuiteNames)
        {
            Suite suite = Suite.Create(name, unit);
            foreach (Table table in command.IsGrowth ? suite.Growth : suite.Tables)
                Measure(table);
            if (command.IsParallel)
                Accelerate([.. suite.Tables.SelectMany(table => table.Cases).Where(c => !c.IsPeer)]);
        }

        if (command.IsParallel)
            PrintParallel();
        if (!command.IsGrowth)
            Print("summary: the cases with a goal, relative to the first case of their table", _rows.Where(row => row.Goal is not null));
        Results.Write(command.JsonFile, new { machine, command.IsSmoke, Rows = _rows, Parallel = _parallel });
        if (command.IsSmoke)
            Console.WriteLine(Results.SmokeNotice);
        return !_rows.Any(row => row.IsMet == false) && !_parallel.Any(row => row.IsMet == false);
    }

    private void Measure(Table table)
    {
        Measurement[] measurements = InterleavedRun.Measure(table, _settings);
        _rows.AddRange(measurements);
        if (command.IsGrowth)
            PrintGrowth(table, measurements);
        else
            Print(table.Title, measurements);
    }

    private void Print(string title, IEnumerable<Measurement> measurements)
    {
        TextTable sheet = new("case", "ratio", "goal", "", "µs", "bytes");
        foreach (Measurement m in measurements)
        {
            string bytes = m.GoalBytes is null ? "" : $", {m.GoalBytes:#,0} B";
            string goal = m.Goal is null ? "" : $"≤ {Results.Format(m.Goal, "0.####")}{bytes}";
            string microseconds = Results.Format(m.Microseconds, m.Microseconds >= 10 ? "0.0" : "0.000");
            sheet.Add(m.Case, Ratio(m), goal, Verdict(m.IsMet), microseconds, $"{m.Bytes:#,0}");
        }

        Print(title, sheet);
    }

    private void PrintGrowth(Table table, Measurement[] measurements)
    {
        Measurement[] sized = [.. measurements.Where(m => m.Size is not null)];
        TextTable sheet = new([table.Of, .. sized.Select(m => m.Size).Distinct().Select(size => $"{size}")]);
        foreach (IGrouping<string, Measurement> row in sized.GroupBy(m => m.Case))
            sheet.Add([row.Key, .. row.Select(m => $"{Ratio(m)} ({m.Bytes:#,0} B)")]);
        Print($"growth: {table.Title}, ratio to one RSA.VerifyHash (bytes)", sheet);
    }

    private void Accelerate(IReadOnlyList<Case> cases) =>
        _parallel.AddRange(ParallelRun.Measure(cases, _settings with { Slice = ParallelSliceFactor * _settings.Slice }));

    private void PrintParallel()
    {
        TextTable sheet = new("case", "all cores / one", "goal", "");
        foreach (SpeedUp s in _parallel)
            sheet.Add(s.Case, Results.Format(s.Factor, "0.00"), s.Goal is null ? "" : $"≥ {s.Goal:0.00}", Verdict(s.IsMet));
        Print($"parallel: throughput of {Environment.ProcessorCount} cores relative to one", sheet);
    }

    private void Print(string title, TextTable sheet)
    {
        Console.WriteLine(command.IsMarkdown ? $"## {title}\n" : $"== {title}");
        sheet.Print(command.IsMarkdown);
    }

    // With the significant digits.
    private static string Ratio(Measurement m) =>
        Results.Format(m.Ratio, m.Ratio switch { >= 10 => "0.0", >= 0.1 => "0.000", >= 0.01 => "0.0000", _ => "0.00000" });

    private string Verdict(bool? isMet) => command.IsSmoke ? "" : Results.Verdict(isMet);
}

using BenchmarkDotNet.Attributes;
using CertAuth.Ratios;
using CertAuth.Ratios.Suites;

namespace CertAuth.Benchmarks;

/// <summary>Each case of CertAuth.Ratios, at each size.</summary>
[MemoryDiagnoser]
public class CaseBenchmarks
{
    private Func<bool> _run = null!;
    private bool _expected;
    private int _calls;

    /// <summary>Gets the names of all cases: the suite, the case, and the size in a table of growth.</summary>
    public static IEnumerable<string> Names => All.Select(named => named.Name).Distinct();

    /// <summary>Gets or sets the name of the case.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    private static IEnumerable<(string Name, Case Case)> All
    {
        get
        {
            Case unit = Suite.CreateUnit();
            return
            [
                (unit.Name, unit),
                .. from name in Suite.Names
                   let suite = Suite.Create(name, unit)
                   from table in suite.Tables.Concat(suite.Growth)
                   from c in table.Cases
                   where c != unit
                   select ($"{name}: {c.Name}{(c.Size is { } size ? $" ({size} {table.Of})" : "")}", c),
            ];
        }
    }

    [GlobalSetup]
    public void Setup()
    {
        Case found = All.First(named => named.Name == Name).Case;
        (_run, _expected, _calls) = (found.Bind(), found.Expected, Case.Many / found.Operations);
    }

    /// <summary>Runs <see cref="Case.Many"/> operations.</summary>
    [Benchmark(OperationsPerInvoke = Case.Many)]
    public bool Run()
    {
        bool isExpected = true;
        for (int i = 0; i < _calls; i++)
            isExpected &= _run() == _expected;
        return isExpected ? true : throw new InvalidOperationException($"{Name}: the result is not {_expected}, as expected.");
    }
}

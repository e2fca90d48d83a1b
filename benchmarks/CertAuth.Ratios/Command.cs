using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Ratios;

/// <summary>The options of the command line.</summary>
internal sealed record Command
{
    internal static string Usage =>
        $"""
        usage: CertAuth.Ratios [SUITE...] [--growth] [--markdown] [--json FILE] [--strict | --smoke]
          SUITE       {string.Join(", ", Suites.All.Keys)}, {Suites.Parallel}. Default: all.
          {Suites.Parallel}    Also runs the operations of the other suites on one core and on all cores.
          --growth    Prints tables of material of increasing size instead: {string.Join(", ", Suites.Growing.Keys)}.
          --markdown  Prints the tables as Markdown.
          --json      Also writes all figures to a file.
          --strict    Returns exit code 1 if a goal is missed. Default: 0 if everything ran.
          --smoke     Runs each case a few times. The figures are not meaningful.
        """;

    /// <summary>The distinct names of the suites.</summary>
    internal required IReadOnlyList<string> SuiteNames { get; init; }

    /// <summary>A value that indicates whether operations also run on all cores in parallel.</summary>
    internal bool IsParallel { get; init; }

    internal bool IsGrowth { get; init; }

    internal bool IsMarkdown { get; init; }

    internal bool IsStrict { get; init; }

    internal bool IsSmoke { get; init; }

    internal string? JsonFile { get; init; }

    internal static bool TryParse(IReadOnlyList<string> arguments, [NotNullWhen(true)] out Command? command)
    {
        command = new() { SuiteNames = [] };
        for (int i = 0; i < arguments.Count && command is not null; i++)
        {
            command = arguments[i] switch
            {
                "--growth" => command with { IsGrowth = true },
                "--markdown" => command with { IsMarkdown = true },
                "--strict" => command with { IsStrict = true },
                "--smoke" => command with { IsSmoke = true },
                "--json" when i + 1 < arguments.Count => command with { JsonFile = arguments[++i] },
                Suites.Parallel => command with { IsParallel = true },
                string name when Suites.All.ContainsKey(name) =>
                    command with { SuiteNames = [.. command.SuiteNames.Except([name]), name] },
                _ => null,
            };
        }

        command = command?.ApplyDefaults();
        return command is not null;
    }

    // Growth tables have no goals, a smoke run has no meaningful figures, and some suites have no growth table.
    private Command? ApplyDefaults()
    {
        bool canGrow = !IsParallel && SuiteNames.All(Suites.Growing.ContainsKey);
        if ((IsStrict && (IsSmoke || IsGrowth)) || (IsGrowth && !canGrow))
            return null;
        if (SuiteNames.Count > 0)
            return this;
        return IsGrowth
            ? this with { SuiteNames = [.. Suites.Growing.Keys] }
            : this with { SuiteNames = [.. Suites.All.Keys], IsParallel = true };
    }
}

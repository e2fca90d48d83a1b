using CertAuth.Ratios.Suites;

namespace CertAuth.Ratios;

/// <summary>The options of the command line.</summary>
internal sealed record Command(
    IReadOnlyList<string> SuiteNames, bool IsParallel, bool IsGrowth, bool IsMarkdown, bool IsSmoke, bool IsStrict, string? JsonFile)
{
    /// <summary>The name of the parallel run, which measures every operation of the other selected suites on one core and on all
    /// cores.</summary>
    private const string Parallel = "parallel";

    internal static string Usage =>
        $"""
        usage: CertAuth.Ratios [SUITE...] [--growth] [--markdown] [--json FILE] [--strict | --smoke]
          SUITE       {string.Join(", ", Suite.Names)}, {Parallel}. Default: all.
          {Parallel}    Also runs the operations of the other suites on one core and on all cores.
          --growth    Prints tables of material of increasing size instead: {string.Join(", ", Suite.GrowingNames)}.
          --markdown  Prints the tables as Markdown.
          --json      Also writes all figures to a file.
          --strict    Returns exit code 1 if a goal is missed. Default: 0 if everything ran.
          --smoke     Runs each case a few times. The figures are not meaningful.
        """;

    /// <summary>Parses a command line. Returns null if it is invalid.</summary>
    internal static Command? Parse(IReadOnlyList<string> args)
    {
        Arguments arguments = new(args);
        bool isGrowth = arguments.ReadFlag("--growth"), isMarkdown = arguments.ReadFlag("--markdown");
        string? json = arguments.ReadText("--json");
        bool isParallel = arguments.ReadFlag(Parallel);
        string[] names = [.. Suite.Names.Where(arguments.ReadFlag)];
        bool isAll = names.Length == 0 && !isParallel;

        // Growth tables have no goals, and some suites have none.
        IEnumerable<string> known = isGrowth ? Suite.GrowingNames : Suite.Names;
        return arguments.IsValid && !names.Except(known).Any() && !(isGrowth && (isParallel || arguments.IsStrict))
            ? new(names.Length == 0 ? [.. known] : names, isParallel || (isAll && !isGrowth), isGrowth, isMarkdown, arguments.IsSmoke,
                arguments.IsStrict, json)
            : null;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Ratios;

/// <summary>The options of the command line.</summary>
internal sealed record Command
{
    internal static string Usage =>
        $"""
        usage: CertAuth.Ratios [QUESTION...] [--growth] [--markdown] [--json FILE] [--strict | --smoke]
          QUESTION    {string.Join(", ", Questions.All.Keys)}, {Questions.Parallel}; all, unless any is named
          {Questions.Parallel}    the questions beside it, or all, on one core and on all at once
          --growth    tables of growing material instead: {string.Join(", ", Questions.Growing.Keys)}
          --markdown  tables as Markdown
          --json      writes all figures to a file, too
          --strict    exit code 1 when a goal is missed; without it, 0 when all ran
          --smoke     each case runs a few times; the figures mean nothing
        """;

    /// <summary>The distinct names of the questions.</summary>
    internal required IReadOnlyList<string> Asked { get; init; }

    /// <summary>A value that indicates whether operations also run on all cores in parallel.</summary>
    internal bool IsParallel { get; init; }

    internal bool IsGrowth { get; init; }

    internal bool IsMarkdown { get; init; }

    internal bool IsStrict { get; init; }

    internal bool IsSmoke { get; init; }

    internal string? JsonFile { get; init; }

    internal static bool TryParse(IReadOnlyList<string> arguments, [NotNullWhen(true)] out Command? command)
    {
        command = new() { Asked = [] };
        for (int i = 0; i < arguments.Count && command is not null; i++)
        {
            command = arguments[i] switch
            {
                "--growth" => command with { IsGrowth = true },
                "--markdown" => command with { IsMarkdown = true },
                "--strict" => command with { IsStrict = true },
                "--smoke" => command with { IsSmoke = true },
                "--json" when i + 1 < arguments.Count => command with { JsonFile = arguments[++i] },
                Questions.Parallel => command with { IsParallel = true },
                string name when Questions.All.ContainsKey(name) => command with { Asked = [.. command.Asked.Except([name]), name] },
                _ => null,
            };
        }

        command = command?.Complete();
        return command is not null;
    }

    // Growth tables have no goals, a smoke run has no meaningful figures, and some questions have no growth table.
    private Command? Complete()
    {
        if ((IsStrict && (IsSmoke || IsGrowth)) || (IsGrowth && (IsParallel || Asked.Any(name => !Questions.Growing.ContainsKey(name)))))
            return null;
        if (Asked.Count > 0)
            return this;
        return IsGrowth
            ? this with { Asked = [.. Questions.Growing.Keys] }
            : this with { Asked = [.. Questions.All.Keys], IsParallel = true };
    }
}

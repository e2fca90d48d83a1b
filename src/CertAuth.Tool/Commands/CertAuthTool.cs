using System.CommandLine;
using System.Text.RegularExpressions;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>All verbs.</summary>
internal static partial class CertAuthTool
{
    internal static int Run(string[] args, ToolHost host)
    {
        // Not a RootCommand, whose name is that of the assembly.
        Command root = new("certauth", "Certificates, REQUIRE clauses, tokens and key sets, as CertAuth sees them. Exit codes: 0 yes or done, 1 no, 2 a mistake in the call or a file.")
        {
            ShowCommand.Create(host),
            CheckCommand.Create(host),
            RequireCommand.Create(host),
            BundleCommand.Create(host),
            PlanCommand.Create(host),
            CaCommand.Create(host),
            TokenCommand.Create(host),
            JwksCommand.Create(host),
            CertInfoCommand.Create(host),
        };
        root.Options.Add(Verb.CreateHelp());
        root.Options.Add(new VersionOption());

        // A name or a clause may begin with @: no response files.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new() { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false });

        // One line each, and where the help is; not the help itself.
        foreach (var error in parsed.Errors)
            host.Error.WriteLine($"certauth: {Shown.Safe(OneLineOf(error.Message))}");
        host.Error.WriteLine($"Try: {Verb.PathOf(parsed.CommandResult.Command)} --help");
        return ExitCode.Mistake;
    }

    // Choices come one a line, behind the name of a type that nobody knows.
    private static string OneLineOf(string message) =>
        string.Join(' ', TypeNames().Replace(message, "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(" as expected type '[^']*'")]
    private static partial Regex TypeNames();
}

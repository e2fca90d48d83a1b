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
            return Invoke(parsed, host);

        // One line each, and where the help is; not the help itself.
        foreach (var error in parsed.Errors)
            host.Error.WriteLine($"certauth: {Shown.Safe(OneLineOf(error.Message))}");
        host.Error.WriteLine($"Try: {Verb.PathOf(parsed.CommandResult.Command)} --help");
        return ExitCode.Mistake;
    }

    // Whatever is wrong with an input is a mistake, told by the verb. What is left: an output that takes no more, and faults of the tool's own, which must
    // neither look like an answer (1 is no) nor print a trace.
    private static int Invoke(ParseResult parsed, ToolHost host)
    {
        string verb = Verb.PathOf(parsed.CommandResult.Command);
        try
        {
            int exitCode = parsed.Invoke(new() { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false });
            host.Output.Flush();
            return exitCode;
        }
        catch (IOException e)
        {
            host.Error.WriteLine($"{verb}: a file or the output failed: {Shown.Safe(e.Message)}");
        }
        catch (Exception e)
        {
            host.Error.WriteLine($"{verb}: unexpected {e.GetType().Name}: {Shown.Safe(e.Message)} That is a fault of certauth; please report it.");
        }

        return ExitCode.Mistake;
    }

    // Choices come one a line, behind the name of a type that nobody knows.
    private static string OneLineOf(string message) =>
        string.Join(' ', TypeNames().Replace(message, "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(" as expected type '[^']*'")]
    private static partial Regex TypeNames();
}

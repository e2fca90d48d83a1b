using System.CommandLine;
using System.Text.RegularExpressions;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>All verbs.</summary>
internal static partial class CertAuthTool
{
    internal static int Run(string[] args, ToolEnvironment environment)
    {
        // Not a RootCommand, whose name is that of the assembly.
        Command root = new("certauth", "Certificates, REQUIRE clauses, tokens and key sets, as CertAuth sees them. Exit codes: 0 yes or done, 1 no, 2 a mistake in the call or a file.")
        {
            ShowCommand.Create(environment),
            CheckCommand.Create(environment),
            RequireCommand.Create(environment),
            BundleCommand.Create(environment),
            PlanCommand.Create(environment),
            CaCommand.Create(environment),
            TokenCommand.Create(environment),
            JwksCommand.Create(environment),
            CertInfoCommand.Create(environment),
        };
        root.Options.Add(CommandReporting.CreateHelp());
        root.Options.Add(new VersionOption());

        // A name or a clause may begin with @: no response files.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
            return Invoke(parsed, environment);

        // One line each, and where the help is; not the help itself.
        foreach (var error in parsed.Errors)
            environment.Error.WriteLine($"certauth: {TerminalText.Escape(ToSingleLine(error.Message))}");
        environment.Error.WriteLine($"Try: {CommandReporting.GetCommandPath(parsed.CommandResult.Command)} --help");
        return ExitCode.UserError;
    }

    // Whatever is wrong with an input is a mistake, told by the verb. What is left: an output that takes no more, and faults of the tool's own, which must
    // neither look like an answer (1 is no) nor print a trace.
    private static int Invoke(ParseResult parsed, ToolEnvironment environment)
    {
        string verb = CommandReporting.GetCommandPath(parsed.CommandResult.Command);
        try
        {
            int exitCode = parsed.Invoke(new() { Output = environment.Output, Error = environment.Error, EnableDefaultExceptionHandler = false });
            environment.Output.Flush();
            return exitCode;
        }
        catch (IOException e)
        {
            environment.Error.WriteLine($"{verb}: a file or the output failed: {TerminalText.Escape(e.Message)}");
        }
        catch (Exception e)
        {
            environment.Error.WriteLine($"{verb}: unexpected {e.GetType().Name}: {TerminalText.Escape(e.Message)} That is a fault of certauth; please report it.");
        }

        return ExitCode.UserError;
    }

    // Choices come one a line, behind the name of a type that nobody knows.
    private static string ToSingleLine(string message) =>
        string.Join(' ', TypeNamePattern().Replace(message, "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(" as expected type '[^']*'")]
    private static partial Regex TypeNamePattern();
}

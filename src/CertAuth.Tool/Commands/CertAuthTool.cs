using System.CommandLine;
using System.Text.RegularExpressions;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>The root command, <c>certauth</c>.</summary>
internal static partial class CertAuthTool
{
    private const string Description =
        "Inspects certificates, REQUIRE clauses, login tokens and JWK sets, decides logins as CertAuth does, and creates CAs, "
        + "certificates, tokens and JWK sets for tests. Exit codes: 0 success or yes, 1 no, 2 an invalid argument or file.";

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: one of <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] args, ToolEnvironment environment)
    {
        // A RootCommand would be named after the assembly.
        Command root = new("certauth", Description)
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

        // Names and clauses may begin with @, so response files are disabled.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
            return Invoke(parsed, environment);

        // One line for each error, and one with the command that prints the help.
        foreach (var error in parsed.Errors)
            environment.Error.WriteLine($"certauth: {TerminalText.Escape(ToSingleLine(error.Message))}");
        environment.Error.WriteLine($"Try: {CommandReporting.GetCommandPath(parsed.CommandResult.Command)} --help");
        return ExitCode.UserError;
    }

    // The commands themselves report invalid input. The remaining exceptions are output that cannot be written, and bugs of the tool.
    // Neither may end with exit code 1, which means "no", or print a stack trace.
    private static int Invoke(ParseResult parsed, ToolEnvironment environment)
    {
        string path = CommandReporting.GetCommandPath(parsed.CommandResult.Command);
        try
        {
            int exitCode = parsed.Invoke(new()
            {
                Output = environment.Output,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
            });
            environment.Output.Flush();
            return exitCode;
        }
        catch (IOException e)
        {
            environment.Error.WriteLine($"{path}: I/O error: {TerminalText.Escape(e.Message)}");
        }
        catch (Exception e)
        {
            environment.Error.WriteLine(
                $"{path}: Unexpected {e.GetType().Name}: {TerminalText.Escape(e.Message)} This is a bug in certauth; please report it.");
        }

        return ExitCode.UserError;
    }

    // System.CommandLine lists the allowed values on lines of their own, after the name of a .NET type.
    private static string ToSingleLine(string message) =>
        string.Join(' ', TypeNamePattern().Replace(message, "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(" as expected type '[^']*'")]
    private static partial Regex TypeNamePattern();
}

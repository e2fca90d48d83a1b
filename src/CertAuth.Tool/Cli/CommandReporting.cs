using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace CertAuth.Tool.Cli;

/// <summary>Adds the features that all commands share: <c>--format</c>, the examples of <c>--help</c>, and the output of user
/// errors.</summary>
internal static class CommandReporting
{
    private static readonly ConditionalWeakTable<Command, string[]> s_examples = [];

    /// <summary>Makes a command print the report that it creates.</summary>
    /// <param name="command">The command, with its arguments and options.</param>
    /// <param name="environment">The streams and the clock of the command.</param>
    /// <param name="run">A delegate that creates the report. If it throws a <see cref="UserErrorException"/>, the command prints the
    /// message on the error stream and ends with exit code 2.</param>
    /// <param name="examples">The lines that <c>--help</c> shows as examples.</param>
    internal static Command WithReport(
        this Command command, ToolEnvironment environment, Func<ParseResult, Report> run, params string[] examples)
    {
        Option<OutputFormat> format = new("--format")
        {
            Description = "The output format: text for people, json for scripts.",
            HelpName = "text|json",
        };

        // Otherwise System.CommandLine also accepts any number.
        format.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(format);
        s_examples.Add(command, examples);
        command.SetAction(parsed =>
        {
            try
            {
                Report report = run(parsed);
                report.WriteTo(environment.Output, parsed.GetValue(format));
                return report.ExitCode;
            }
            catch (UserErrorException error)
            {
                environment.Error.WriteLine($"{GetCommandPath(command)}: {error.Message}");
                return ExitCode.UserError;
            }
        });
        return command;
    }

    /// <summary>Creates the option <c>--help</c>, which also prints the examples of a command.</summary>
    internal static HelpOption CreateHelp()
    {
        HelpOption help = new();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return help;
    }

    /// <summary>Returns the full name of a command, such as <c>certauth ca new</c>.</summary>
    internal static string GetCommandPath(Command command)
    {
        Symbol? above = command.Parents.FirstOrDefault();
        return above is Command parent ? $"{GetCommandPath(parent)} {command.Name}" : command.Name;
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => help.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            int exitCode = help.Invoke(parseResult);
            if (s_examples.TryGetValue(parseResult.CommandResult.Command, out string[]? examples) && examples.Length > 0)
            {
                TextWriter output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (string example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }

            return exitCode;
        }
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace CertAuth.Tool.Cli;

/// <summary>What all verbs have in common: <c>--format</c>, examples in their own help, and that a mistake is one line on the error stream.</summary>
internal static class CommandReporting
{
    private static readonly ConditionalWeakTable<Command, string[]> s_examples = [];

    /// <summary>Makes a command print what it finds out.</summary>
    /// <param name="command">The command, with its arguments and options.</param>
    /// <param name="environment">Where it reads and writes.</param>
    /// <param name="run">Finds it out; throws <see cref="UserErrorException"/>.</param>
    /// <param name="examples">Lines for <c>--help</c>.</param>
    internal static Command WithReport(this Command command, ToolEnvironment environment, Func<ParseResult, Report> run, params string[] examples)
    {
        Option<OutputFormat> format = new("--format") { Description = "text for people, json for scripts", HelpName = "text|json" };

        // Or else the numbers of the enumeration would do, those that it hasn't, too.
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
            catch (UserErrorException mistake)
            {
                environment.Error.WriteLine($"{GetCommandPath(command)}: {mistake.Message}");
                return ExitCode.UserError;
            }
        });
        return command;
    }

    /// <summary><c>--help</c>, of a verb with its examples.</summary>
    internal static HelpOption CreateHelp()
    {
        HelpOption help = new();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return help;
    }

    /// <summary>What is typed to call a command, such as <c>certauth ca new</c>.</summary>
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

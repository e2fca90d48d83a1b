using System.CommandLine;

namespace CertAuth.Tool.Cli;

/// <summary>What all verbs have in common: <c>--format</c>, and that a mistake is one line on the error stream.</summary>
internal static class Verb
{
    /// <summary>Makes a command print what it finds out.</summary>
    /// <param name="command">The command, with its arguments and options.</param>
    /// <param name="host">Where it reads and writes.</param>
    /// <param name="run">Finds it out; throws <see cref="MistakeException"/>.</param>
    /// <param name="examples">Lines for <c>--help</c>.</param>
    internal static Command Reports(this Command command, ToolHost host, Func<ParseResult, Report> run, params string[] examples)
    {
        Option<OutputFormat> format = new("--format") { Description = "text for people, json for scripts" };
        command.Options.Add(format);
        command.Description += $"\n\nExamples:\n{string.Join('\n', examples.Select(example => $"  {example}"))}";
        command.SetAction(parsed =>
        {
            try
            {
                Report report = run(parsed);
                report.WriteTo(host.Output, parsed.GetValue(format));
                return report.ExitCode;
            }
            catch (MistakeException mistake)
            {
                host.Error.WriteLine($"certauth {command.Name}: {mistake.Message}");
                return ExitCode.Mistake;
            }
        });
        return command;
    }
}

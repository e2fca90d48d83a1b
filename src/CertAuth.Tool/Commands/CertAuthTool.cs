using System.CommandLine;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>All verbs.</summary>
internal static class CertAuthTool
{
    internal static int Run(string[] args, ToolHost host)
    {
        RootCommand root = new("Certificates, REQUIRE clauses, tokens and key sets, as CertAuth sees them. Exit codes: 0 yes or done, 1 no, 2 a mistake in the call or a file.")
        {
            RequireCommand.Create(host),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new() { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false });

        // One line each, and where the help is; not the help itself.
        foreach (var error in parsed.Errors)
            host.Error.WriteLine($"certauth: {Shown.Safe(error.Message)}");
        host.Error.WriteLine($"Try: {string.Join(' ', PathOf(parsed.CommandResult.Command, root))} --help");
        return ExitCode.Mistake;
    }

    private static IEnumerable<string> PathOf(Command command, RootCommand root)
    {
        List<string> names = [];
        for (Symbol? at = command; at is not null && at != root; at = at.Parents.FirstOrDefault())
            names.Insert(0, at.Name);
        return names.Prepend("certauth");
    }
}

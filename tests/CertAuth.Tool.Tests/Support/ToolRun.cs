using CertAuth.Tool.Cli;
using CertAuth.Tool.Commands;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Runs the tool in the process of the test.</summary>
internal static class ToolRun
{
    internal static ToolResult Run(string[] args, byte[]? standardInput = null, TimeProvider? clock = null)
    {
        using MemoryStream input = new(standardInput ?? []);
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        ToolEnvironment environment = new()
        {
            Input = new(input),
            Output = output,
            Error = error,
            Style = new(isColored: false),
            TimeProvider = clock ?? TimeProvider.System,
        };
        int exitCode = CertAuthTool.Run(args, environment);
        return new(exitCode, output.ToString(), error.ToString());
    }
}

using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Runs of <c>certauth ca</c> in a folder.</summary>
internal static class CaCommands
{
    internal const string Subject = "/C=US/O=Example/CN=ca";

    /// <summary>A verb that must succeed.</summary>
    internal static ToolResult Run(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);
        result.Error.Should().Be("");
        result.ExitCode.Should().Be(0);
        return result;
    }

    internal static ToolResult NewCa(this TempFolder folder, params string[] options) =>
        Run(["ca", "new", "--subject", Subject, "--folder", folder.Path, .. options]);

    internal static ToolResult Issue(this TempFolder folder, string kind, params string[] options) =>
        Run(["ca", "issue", kind, "--folder", folder.Path, .. options]);

    internal static ToolResult IssueAlice(this TempFolder folder, params string[] options) =>
        folder.Issue("client", ["--subject", "/C=US/O=Example/CN=alice", "--name", "alice", .. options]);

    internal static ToolResult Rotate(this TempFolder folder, params string[] options) => Run(["ca", "rotate", "--folder", folder.Path, .. options]);

    internal static string Read(this TempFolder folder, string name) => File.ReadAllText(folder[name]);

    internal static string[] Names(this TempFolder folder) =>
        [.. Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>A run that must be a mistake: one line, and nothing on the output.</summary>
    internal static string Mistake(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);
        result.ExitCode.Should().Be(2);
        result.Output.Should().Be("");
        string line = result.Error.TrimEnd('\n').Split('\n').Should().ContainSingle().Which;
        line.Should().NotContain("   at ");
        return line;
    }
}

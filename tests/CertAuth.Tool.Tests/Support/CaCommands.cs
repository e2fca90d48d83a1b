namespace CertAuth.Tool.Tests.Support;

/// <summary>Runs <c>certauth</c> in a folder.</summary>
internal static class CaCommands
{
    internal const string Subject = "/C=US/O=Example/CN=ca";

    /// <summary>Runs a command that must succeed.</summary>
    internal static ToolResult Run(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);
        result.Error.Should().Be("");
        result.ExitCode.Should().Be(0);
        return result;
    }

    internal static ToolResult CreateCa(this TempFolder folder, params string[] options) =>
        Run(["ca", "new", "--subject", Subject, "--folder", folder.Path, .. options]);

    internal static ToolResult Issue(this TempFolder folder, string kind, params string[] options) =>
        Run(["ca", "issue", kind, "--folder", folder.Path, .. options]);

    internal static ToolResult IssueAlice(this TempFolder folder, params string[] options) =>
        folder.Issue("client", ["--subject", "/C=US/O=Example/CN=alice", "--name", "alice", .. options]);

    internal static ToolResult Rotate(this TempFolder folder, params string[] options) =>
        Run(["ca", "rotate", "--folder", folder.Path, .. options]);

    internal static string ReadText(this TempFolder folder, string name) => File.ReadAllText(folder[name]);

    internal static string[] GetFileNames(this TempFolder folder) =>
        [.. Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Runs a command that must fail with a user error: one line on the error stream, and no output. Returns the line.</summary>
    internal static string RunWithError(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);
        result.ExitCode.Should().Be(2);
        result.Output.Should().Be("");
        string line = result.Error.TrimEnd('\n').Split('\n').Should().ContainSingle().Which;
        line.Should().NotContain("   at ");
        return line;
    }
}

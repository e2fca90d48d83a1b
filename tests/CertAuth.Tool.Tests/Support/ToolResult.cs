namespace CertAuth.Tool.Tests.Support;

/// <summary>The exit code and the output of a run of the tool.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The output, with line feeds.</param>
/// <param name="Error">The error stream, with line feeds.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

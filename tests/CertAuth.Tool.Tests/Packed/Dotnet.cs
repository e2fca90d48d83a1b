using System.Diagnostics;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>The SDK's command line, with what the tests were built with: nothing is built again, and no build server stays.</summary>
internal static class Dotnet
{
    // Built already, together with these tests and in the same configuration; with its own it would disturb the build of others.
    private static string Configuration =>
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Release") ? "Release" : "Debug";

    /// <summary>A project of the repository's src folder.</summary>
    internal static string ProjectPath(string name) => Path.Combine(SharedFiles.RepositoryRoot, "src", name, $"{name}.csproj");

    /// <summary>Why nothing can be packed here, or null.</summary>
    internal static string? FindProblem(string project) => !ConsoleProgram.Works("dotnet", "--version") ? "There is no dotnet on the path."
        : !File.Exists(ProjectPath(project)) ? "The repository isn't where the tests were built."
        : null;

    /// <summary>Packs a project as it was built.</summary>
    internal static async Task PackAsync(string project, string output, string workingFolder)
    {
        string[] arguments =
            ["pack", ProjectPath(project), "--no-build", "--configuration", Configuration, "--output", output, "--verbosity", "quiet"];
        (int exitCode, string printed) = await RunAsync(Start("dotnet", workingFolder, arguments));
        exitCode.Should().Be(0, printed);
    }

    internal static ProcessStartInfo Start(string program, string workingFolder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = workingFolder };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    /// <summary>Runs to the end, however long it takes on a busy machine.</summary>
    internal static async Task<(int ExitCode, string Printed)> RunAsync(ProcessStartInfo start)
    {
        using Process process = ConsoleProgram.Start(start);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

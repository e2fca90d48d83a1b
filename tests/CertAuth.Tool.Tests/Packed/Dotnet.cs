using System.Diagnostics;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>Runs the dotnet command with the build of the tests. Nothing is rebuilt, and no build server keeps running.</summary>
internal static class Dotnet
{
    // The projects were built together with these tests, in the same configuration.
    private static string Configuration =>
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Release") ? "Release" : "Debug";

    /// <summary>Returns the path of a project in the src folder of the repository.</summary>
    internal static string GetProjectPath(string name) => Path.Combine(SharedFiles.RepositoryRoot, "src", name, $"{name}.csproj");

    /// <summary>Returns the reason why the project cannot be packed, or null.</summary>
    internal static string? FindProblem(string project) => !ConsoleProgram.Works("dotnet", "--version") ? "dotnet is not on the path."
        : !File.Exists(GetProjectPath(project)) ? "The repository is not in the folder where the tests were built."
        : null;

    /// <summary>Packs a project without building it.</summary>
    internal static async Task PackAsync(string project, string output, string workingFolder)
    {
        string[] arguments =
            ["pack", GetProjectPath(project), "--no-build", "--configuration", Configuration, "--output", output, "--verbosity", "quiet"];
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

    /// <summary>Runs a process to its end, without a timeout: the machine may be busy.</summary>
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

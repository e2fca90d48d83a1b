using System.Diagnostics;

namespace CertAuth.ColdStart;

/// <summary>Publishes a program with the SDK.</summary>
internal static class Publishing
{
    internal static string FileName { get; } = OperatingSystem.IsWindows() ? "CertAuth.ColdStart.exe" : "CertAuth.ColdStart";

    /// <summary>Publishes to a folder and returns the path of the executable. With ReadyToRun, the library, this program and the other
    /// packages are compiled.</summary>
    internal static async Task<string> PublishAsync(string project, string folder, bool isReadyToRun)
    {
        string output = Path.Combine(folder, "out");
        string[] arguments =
        [
            "publish", project, "--configuration", "Release", "--use-current-runtime", "--self-contained", "false",
            $"-p:PublishReadyToRun={isReadyToRun}",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "--output", output, "--nologo",
        ];
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(output, FileName)
            : throw new InvalidOperationException($"The program cannot be published:\n{printed}");
    }
}

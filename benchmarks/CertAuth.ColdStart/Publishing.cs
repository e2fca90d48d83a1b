using System.Reflection;

namespace CertAuth.ColdStart;

/// <summary>Publishes this program like an application.</summary>
internal static class Publishing
{
    /// <summary>Publishes to a folder and returns the path of the executable. With ReadyToRun, the library, this program and the other
    /// packages are compiled.</summary>
    internal static async Task<string> PublishAsync(string folder, bool isReadyToRun)
    {
        Assembly own = typeof(Publishing).Assembly;
        string output = Path.Combine(folder, "out");
        string[] arguments =
        [
            "publish", own.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Project").Value!,
            "--configuration", "Release", "--use-current-runtime", "--self-contained", "false", $"-p:PublishReadyToRun={isReadyToRun}",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "--output", output, "--nologo",
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(output, Path.GetFileName(Environment.ProcessPath!))
            : throw new InvalidOperationException($"The program cannot be published:\n{printed}");
    }
}

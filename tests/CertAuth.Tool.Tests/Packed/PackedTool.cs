using System.Diagnostics;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Tests.Support;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>The tool as its users get it: packed, and installed from a folder into an empty tool path. Nothing is fetched.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    // The only source is the folder: the machine's own, and what they hold, have no say.
    private const string NoSources = """
        <?xml version="1.0" encoding="utf-8"?>
        <configuration>
          <packageSources><clear /></packageSources>
        </configuration>
        """;

    private readonly TempFolder _folder = new();

    private string? _problem;

    internal string FolderPath => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        string project = Path.Combine(SharedFiles.RepositoryRoot, "src", "CertAuth.Tool", "CertAuth.Tool.csproj");
        if (!ConsoleProgram.Works("dotnet", "--version"))
            _problem = "There is no dotnet on the path.";
        else if (!File.Exists(project))
            _problem = "The repository isn't where the tests were built.";
        if (_problem is not null)
            return;

        // Built already, together with these tests and in the same configuration; with its own it would disturb the build of others.
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        string config = _folder.Write("nuget.config", NoSources);
        string packed = await DotnetAsync("pack", project, "--no-build", "--configuration", configuration, "--output", _folder["packages"], "--verbosity", "quiet");
        Assert.True(Directory.Exists(_folder["packages"]), packed);
        string installed = await InstallAsync(config);
        if (!File.Exists(Executable))
            _problem = $"The packed tool can't be installed here: {installed}";
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Executable => _folder[Path.Combine("tools", OperatingSystem.IsWindows() ? "certauth.exe" : "certauth")];

    /// <summary>Skips the test where the tool can't be installed.</summary>
    internal void Need() => Assert.SkipWhen(_problem is not null, _problem ?? "");

    /// <summary>Runs the installed command.</summary>
    internal async Task<(int ExitCode, string Printed)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = Start(Executable, arguments);
        using Process process = ConsoleProgram.Start(start);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private Task<string> InstallAsync(string config)
    {
        ProcessStartInfo start = Start(
            "dotnet", ["tool", "install", "CertAuth.Tool", "--tool-path", _folder["tools"], "--add-source", _folder["packages"], "--configfile", config]);

        // The package of an earlier build has the same version: nothing of it is to be found.
        start.Environment["NUGET_PACKAGES"] = _folder["nuget"];
        return ConsoleProgram.RunAsync(start);
    }

    private Task<string> DotnetAsync(params string[] arguments) => ConsoleProgram.RunAsync(Start("dotnet", arguments));

    private ProcessStartInfo Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _folder.Path };

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return start;
    }
}

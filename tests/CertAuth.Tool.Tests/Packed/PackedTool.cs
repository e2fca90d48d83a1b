using System.Diagnostics;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>The packed tool, installed from a folder into an empty tool path. Nothing is downloaded.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    // The folder is the only package source; those of the machine are not used.
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
        _problem = Dotnet.FindProblem("CertAuth.Tool");
        if (_problem is not null)
            return;

        string config = _folder.Write("nuget.config", NoSources);
        await Dotnet.PackAsync("CertAuth.Tool", _folder["packages"], _folder.Path);
        string installed = await InstallAsync(config);
        if (!File.Exists(Executable))
            _problem = $"The packed tool cannot be installed: {installed}";
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Gets the path of the package.</summary>
    internal string PackagePath => Directory.GetFiles(_folder["packages"], "CertAuth.Tool.?.?.?.nupkg").Single();

    private string Executable => _folder[Path.Combine("tools", OperatingSystem.IsWindows() ? "certauth.exe" : "certauth")];

    /// <summary>Skips the test if the tool cannot be installed.</summary>
    internal void SkipIfUnavailable() => Assert.SkipWhen(_problem is not null, _problem ?? "");

    /// <summary>Runs the installed command.</summary>
    internal Task<(int ExitCode, string Printed)> RunAsync(params string[] arguments) =>
        Dotnet.RunAsync(Dotnet.Start(Executable, _folder.Path, arguments));

    private async Task<string> InstallAsync(string config)
    {
        string[] arguments =
        [
            "tool", "install", "CertAuth.Tool", "--tool-path", _folder["tools"],
            "--add-source", _folder["packages"], "--configfile", config,
        ];
        ProcessStartInfo start = Dotnet.Start("dotnet", _folder.Path, arguments);

        // The package of an earlier build has the same version, so the cache must be empty.
        start.Environment["NUGET_PACKAGES"] = _folder["nuget"];
        return (await Dotnet.RunAsync(start)).Printed;
    }
}

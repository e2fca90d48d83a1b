using CertAuth.EndToEnd.Tests.Support;
using CertAuth.EndToEnd.Tests.Walkthrough;

namespace CertAuth.Tool.Tests.Transcripts;

/// <summary>Runs the transcripts of docs/tool.md, the readme of the tool and the README, each section in a folder of its own.</summary>
/// <remarks>The certificates in <c>site</c> were created with CertAuth.Testing; their keys were not kept.</remarks>
public sealed class TranscriptTests : IDisposable
{
    private const string ToolPage = "docs/tool.md";
    private const string PackageReadme = "src/CertAuth.Tool/README.md";
    private const string Readme = "README.md";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ToolPage, "Certificates and clauses", "site", 6)]
    [InlineData(ToolPage, "Test CAs", null, 9)]
    [InlineData(ToolPage, "Login tokens", null, 10)]
    [InlineData(ToolPage, "Forwarded certificates", null, 6)]
    [InlineData(PackageReadme, "Example", null, 4)]
    [InlineData(Readme, "Certificates for a first login", null, 3)]
    public async Task Section_MatchesTheActualOutput(string page, string heading, string? site, int minSteps)
    {
        Shell.SkipIfMissing();
        Assert.SkipUnless(ConsoleProgram.Works("openssl", "version"), "There is no openssl on the path.");
        DirectoryInfo folder = Directory.CreateDirectory(_folder["work"]);
        if (site is not null)
            Copy(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tool.Tests/Transcripts", site), folder.FullName);
        Step[] steps = [.. Step.ReadAll(new DocPage(page).ReadSection(heading))];
        steps.Should().HaveCountGreaterThanOrEqualTo(minSteps);

        // The tool that was built with these tests, with the name of the installed command.
        Step command = new($"certauth() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "CertAuth.Tool.dll")}' \"$@\"; }}", null);
        string[] problems = await Shell.FindProblemsAsync(folder, [command, .. steps]);
        problems.Should().BeEmpty();
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

using CertAuth.EndToEnd.Tests.Support;
using CertAuth.EndToEnd.Tests.Walkthrough;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Transcripts;

/// <summary>Runs the transcripts of docs/tool.md and of the package readme, each section in a folder of its own.</summary>
/// <remarks>The certificates in <c>site</c> were created with CertAuth.Testing; their keys were not kept.</remarks>
public sealed class TranscriptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Certificates and clauses", "site", 6)]
    [InlineData("Test CAs", null, 9)]
    [InlineData("Login tokens", null, 10)]
    [InlineData("Forwarded certificates", null, 6)]
    public async Task Section_MatchesTheActualOutput(string heading, string? site, int atLeast)
    {
        Shell.Need();
        Assert.SkipUnless(ConsoleProgram.Works("openssl", "version"), "There is no openssl on the path.");
        DirectoryInfo folder = Directory.CreateDirectory(_folder["work"]);
        if (site is not null)
            Copy(Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.Tool.Tests", "Transcripts", site), folder.FullName);
        Step[] steps = [.. Step.ReadAll(SectionOf(heading))];
        steps.Length.Should().BeGreaterThanOrEqualTo(atLeast, $"There are {steps.Length} steps.");

        // The build that belongs to these tests, under the name that the package gives it.
        Step command = new($"certauth() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "CertAuth.Tool.dll")}' \"$@\"; }}", null);
        string[] problems = await Shell.FindProblemsAsync(folder, [command, .. steps]);
        problems.Length.Should().Be(0, string.Join("\n\n", problems));
    }

    private static string SectionOf(string heading)
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "tool.md")).ReplaceLineEndings("\n");
        int start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        start.Should().BeGreaterThanOrEqualTo(0, $"There is no section {heading}.");
        int end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
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

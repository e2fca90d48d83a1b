using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace CertAuth.Tests.Conventions;

/// <summary>Compares which files and folders of the library use which others with docs/architecture.md.</summary>
public sealed partial class ArchitectureTests(ArchitectureTests.Sources sources, ITestOutputHelper output)
    : IClassFixture<ArchitectureTests.Sources>
{
    /// <summary>The maximum number of files that use themselves through others.</summary>
    // A file in a cycle cannot be read without the others. What remains are types that are one thought in two files.
    private const int MaxFilesInCycles = 10;

    [Fact]
    public void Graph_ResolvesEachName() =>
        // CS8795: the other half of a partial method is generated during the build.
        sources.Graph.Errors.Where(error => error.Id != "CS8795").Select(error => error.ToString()).Should().BeEmpty();

    [Fact]
    public void Files_UseEachOtherInFewCycles()
    {
        IReadOnlyList<IReadOnlyList<string>> cycles = sources.Graph.FindCycles();
        foreach (IReadOnlyList<string> cycle in cycles)
            output.WriteLine($"{cycle.Count}: {string.Join(", ", cycle)}");
        int count = cycles.Sum(cycle => cycle.Count);
        output.WriteLine($"{count} of {sources.Graph.Files.Count()} files are in cycles.");

        count.Should().BeLessThanOrEqualTo(MaxFilesInCycles, "{0}", string.Join("; ", cycles.Select(cycle => string.Join(", ", cycle))));
    }

    [Fact]
    public void Folders_UseWhatThePictureShows()
    {
        string[] actual =
        [
            .. sources.Graph.Files.GroupBy(GetFolder).OrderBy(folder => folder.Key, StringComparer.Ordinal)
                .Select(folder => Describe(folder.Key, folder.SelectMany(sources.Graph.GetUses).Select(GetFolder))),
        ];

        ReadPicture().Order(StringComparer.Ordinal).Should().Equal(actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_UseOnlyThoseBelowThem()
    {
        string[] folders = [.. ReadPicture().Select(line => line.Split(' ')[0])];

        foreach (string line in ReadPicture().Where(line => line.Contains('→', StringComparison.Ordinal)))
        {
            string folder = line.Split(' ')[0];
            line.Split(" → ")[1].Split(", ").Should()
                .OnlyContain(used => Array.IndexOf(folders, used) > Array.IndexOf(folders, folder), "{0} stands above them", folder);
        }
    }

    private static string Describe(string folder, IEnumerable<string> uses)
    {
        string[] others = [.. uses.Where(used => used != folder).Distinct().Order(StringComparer.Ordinal)];
        return others.Length == 0 ? folder : $"{folder} → {string.Join(", ", others)}";
    }

    // The files beside the folders are those of the root.
    private static string GetFolder(string file) => file.Contains('/', StringComparison.Ordinal) ? file.Split('/')[0] : "CertAuth";

    // The lines of the block, aligned with spaces.
    private static string[] ReadPicture()
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "architecture.md"));
        Match block = Picture().Match(page);
        block.Success.Should().BeTrue("the page has a block of lines such as 'Trust → Certificates, Der'");
        return [.. block.Groups["lines"].Value.TrimEnd().Split('\n').Select(line => Spaces().Replace(line, " "))];
    }

    [GeneratedRegex("```arrows\n(?<lines>[^`]+)```")]
    private static partial Regex Picture();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    /// <summary>The graph of the library, read once for all tests.</summary>
    public sealed class Sources
    {
        private const string Root = "src/CertAuth/";

        internal SourceGraph Graph { get; } = SourceGraph.Read(
            Path.Combine(SharedFiles.RepositoryRoot, Root),
            [
                .. RepositoryText.FindFiles("*.cs").Where(file => file.StartsWith(Root, StringComparison.Ordinal))
                    .Select(file => file[Root.Length..]),
            ]);
    }
}

using System.Text.RegularExpressions;

namespace CertAuth.Tests.Docs;

/// <summary>Each C# example of a page is code that a test of this folder runs: a region of a file, or a whole file.</summary>
public sealed partial class PageExampleTests
{
    /// <summary>The page whose code is in <c>KestrelServer</c>, between the code that records what happens.</summary>
    private const string KestrelPage = "docs/kestrel.md";

    private static readonly string[] s_wholeFiles = ["samples/FirstLogin/Program.cs", "tests/CertAuth.Tests/Docs/AliceLoginTests.cs"];

    private static readonly string[] s_tested =
    [
        .. s_wholeFiles.Select(ReadWhole),
        .. RepositoryText.FindFiles("*.cs").Where(file => file.StartsWith("tests/CertAuth.Tests/Docs/", StringComparison.Ordinal))
            .SelectMany(ReadRegions),
    ];

    public static TheoryData<string, int> Examples
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach (string page in RepositoryText.FindFiles("*.md").Where(page => page != KestrelPage))
            {
                for (int i = 0; i < new DocPage(page).Examples.Length; i++)
                    rows.Add(page, i);
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public void Example_IsTestedCode(string page, int index) => s_tested.Should().Contain(new DocPage(page).Examples[index]);

    [Fact]
    public void TestedCode_IsOnAPage()
    {
        string[] shown = [.. RepositoryText.FindFiles("*.md").SelectMany(page => new DocPage(page).Examples)];

        s_tested.Should().HaveCountGreaterThan(s_wholeFiles.Length).And.OnlyHaveUniqueItems().And.BeSubsetOf(shown);
    }

    [Fact]
    public void WholeFiles_ShowTheirNamespaces() => s_wholeFiles.Select(ReadWhole).Should().OnlyContain(code => code.StartsWith("using "));

    // The page shows the file without the suppression of warnings and the namespace.
    private static string ReadWhole(string file) => string.Join('\n', RepositoryText.Read(file).Split('\n')
        .Where(line => !line.StartsWith("#pragma ", StringComparison.Ordinal)))
        .Replace("namespace CertAuth.Tests.Docs;\n\n", "", StringComparison.Ordinal).TrimEnd('\n');

    private static IEnumerable<string> ReadRegions(string file) => Region().Matches(RepositoryText.Read(file)).Select(region =>
    {
        int indentation = region.Groups["indentation"].Length;
        string[] lines = region.Groups["code"].Value.TrimEnd('\n').Split('\n');
        return string.Join('\n', lines.Select(line => line.Length > indentation ? line[indentation..] : ""));
    });

    [GeneratedRegex(@"^(?<indentation> *)#region .+\n(?<code>(.*\n)*?) *#endregion$", RegexOptions.Multiline)]
    private static partial Regex Region();
}

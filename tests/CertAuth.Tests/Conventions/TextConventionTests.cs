using System.Text.RegularExpressions;

namespace CertAuth.Tests.Conventions;

/// <summary>The length of lines, the names of files, and the number of types in a file.</summary>
public sealed partial class TextConventionTests
{
    private const int MaxCodeColumns = 140;
    private const int MaxMarkdownColumns = 120;

    [Fact]
    public void CodeLines_HaveAtMost140Columns() =>
        FindLongLines("*.cs", MaxCodeColumns, _ => false).Should().BeEmpty();

    // A row of a table, a line of a code block and a long link cannot be broken.
    [Fact]
    public void MarkdownLines_HaveAtMost120Columns() =>
        FindLongLines("*.md", MaxMarkdownColumns, line => line.StartsWith('|') || LinkOnly().IsMatch(line)).Should().BeEmpty();

    [Fact]
    public void FileNames_HaveNoBraces() =>
        RepositoryText.FindFiles("*").Should().NotBeEmpty()
            .And.AllSatisfy(file => Path.GetFileName(file).Should().NotContainAny("{", "}", "`"));

    [Fact]
    public void SourceFiles_HaveOneTopLevelType()
    {
        string[] wrong =
        [
            .. RepositoryText.FindFiles("*.cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal))
                .Select(file => (file, Types: FindTopLevelTypes(File.ReadAllText(RepositoryText.Locate(file)))))
                .Where(x => x.Types.Length > 1 && !(x.Types.Length == 2 && x.Types.Count(IsEnum) == 1))
                .Select(x => $"{x.file}: {string.Join(", ", x.Types)}"),
        ];

        wrong.Should().BeEmpty("a file has one type; a small enum may be beside the type that uses it");
    }

    private static IEnumerable<string> FindLongLines(string pattern, int columns, Predicate<string> isExempt)
    {
        foreach (string file in RepositoryText.FindFiles(pattern))
        {
            bool isInCodeBlock = false;
            int number = 0;
            foreach (string line in File.ReadLines(RepositoryText.Locate(file)))
            {
                number++;
                if (pattern == "*.md" && line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                    isInCodeBlock = !isInCodeBlock;
                if (line.Length > columns && !isInCodeBlock && !isExempt(line))
                    yield return $"{file}:{number}: {line.Length}";
            }
        }
    }

    private static string[] FindTopLevelTypes(string code) => [.. TypeDeclaration().Matches(code).Select(match => match.Value.Trim())];

    private static bool IsEnum(string declaration) => declaration.Contains("enum ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(- )?<?https://\S+>?\s*$")]
    private static partial Regex LinkOnly();

    // A declaration at the start of a line is at the top level: namespaces are file-scoped.
    [GeneratedRegex(
        @"^(public |internal |file )?(static |sealed |abstract |readonly |ref |partial )*"
        + @"(class|struct|interface|enum|record|record struct|delegate \S+) \w+",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}

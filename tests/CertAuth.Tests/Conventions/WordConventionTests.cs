using System.Globalization;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Conventions;

/// <summary>Words that have a plainer replacement. words.tsv has, for each, the exact number of places in src, docs and the top folder
/// where the word is right, and the reason.</summary>
public sealed class WordConventionTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/Conventions/words.tsv");

    public static TheoryData<string> Words => [.. s_rows.Ids];

    [Theory, MemberData(nameof(Words))]
    public void Word_OccursOnlyWhereItIsRight(string word)
    {
        string[] row = s_rows[word];
        Regex pattern = new($@"(?<!\w)(?:{word})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
        string[] places =
        [
            .. FindTexts().SelectMany(file => File.ReadLines(RepositoryText.Locate(file))
                .SelectMany((line, index) => pattern.Matches(line).Select(_ => $"{file}:{index + 1}: {line.Trim()}"))),
        ];
        int expected = int.Parse(row[0], CultureInfo.InvariantCulture);

        string found = $"words.tsv has the number {expected}, but there are {places.Length} places:\n{string.Join('\n', places)}";
        (places.Length == expected).Should().BeTrue("{0}", found);
        (expected == 0 || row[1].Length > 0).Should().BeTrue("a word that may remain needs a reason");
    }

    private static IEnumerable<string> FindTexts() => RepositoryText.FindFiles("*.cs").Concat(RepositoryText.FindFiles("*.md"))
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("docs/", StringComparison.Ordinal)
            || !file.Contains('/', StringComparison.Ordinal));
}

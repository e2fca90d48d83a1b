using System.Globalization;
using System.Text.RegularExpressions;
using FluentAssertions;

namespace CertAuth.Tests.Conventions;

/// <summary>Words that the glossary replaces. words.tsv has, for each, the number of places in src, docs and the top folder
/// where it is right, and the reason. The numbers are exact: a place that is removed lowers its number.</summary>
public sealed class WordConventionTests
{
    private const string Table = "tests/CertAuth.Tests/Conventions/words.tsv";

    public static TheoryData<string> Words => [.. Rows().Select(row => row[0])];

    [Theory, MemberData(nameof(Words))]
    public void Word_OccursOnlyWhereItIsRight(string word)
    {
        string[] row = Rows().Single(row => row[0] == word);
        Regex pattern = new($@"(?<!\w)(?:{word})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
        string[] places =
        [
            .. Texts().SelectMany(file => File.ReadLines(RepositoryText.Locate(file))
                .SelectMany((line, index) => pattern.Matches(line).Select(_ => $"{file}:{index + 1}: {line.Trim()}"))),
        ];
        int expected = int.Parse(row[1], CultureInfo.InvariantCulture);

        string found = $"{expected} are expected, here are {places.Length}:\n{string.Join('\n', places)}";
        (places.Length == expected).Should().BeTrue("{0}", found);
        (expected == 0 || row[2].Length > 0).Should().BeTrue("a word that is left needs its reason");
    }

    private static string[][] Rows() =>
    [
        .. File.ReadLines(RepositoryText.Locate(Table)).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')),
    ];

    private static IEnumerable<string> Texts() => RepositoryText.Files("*.cs").Concat(RepositoryText.Files("*.md"))
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("docs/", StringComparison.Ordinal)
            || !file.Contains('/', StringComparison.Ordinal));
}

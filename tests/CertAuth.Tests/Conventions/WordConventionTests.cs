using System.Text.RegularExpressions;
using FluentAssertions;

namespace CertAuth.Tests.Conventions;

/// <summary>Words that the glossary replaces, with the number of places where each is right. The counts are exact: a place that is
/// removed lowers its count, so that no other takes its room.</summary>
public sealed class WordConventionTests
{
    /// <summary>The file that holds the words: a pattern, the number of places in src, docs and the top folder, and the reason.</summary>
    private const string Table = "tests/CertAuth.Tests/Conventions/words.tsv";

    public static TheoryData<string> Words => [.. Rows().Select(row => row[0])];

    [Theory, MemberData(nameof(Words))]
    public void Word_OccursOnlyWhereItIsRight(string word)
    {
        string[] row = Rows().Single(row => row[0] == word);
        Regex pattern = new($@"\b(?:{word})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
        string[] places =
        [
            .. Texts().SelectMany(file => File.ReadLines(RepositoryText.Locate(file))
                .SelectMany((line, index) => pattern.Matches(line).Select(match => $"{file}:{index + 1}: {line.Trim()}"))),
        ];

        places.Should().HaveCount(int.Parse(row[1], null), string.Join('\n', places).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        (row[1] == "0" || row[2].Length > 0).Should().BeTrue("a word that is left needs its reason");
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

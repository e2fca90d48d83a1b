using System.Text.RegularExpressions;

namespace CertAuth.Tests.Support;

/// <summary>A Markdown page of the repository.</summary>
/// <param name="path">The path of the page in the repository.</param>
internal sealed partial class DocPage(string path)
{
    internal string Text { get; } = RepositoryText.Read(path);

    /// <summary>Gets the C# examples, in order.</summary>
    internal string[] Examples => [.. Example().Matches(Text).Select(match => match.Groups["code"].Value)];

    /// <summary>Gets the names of the tests that the page cites, such as <c>Subject_DoesThis</c>.</summary>
    internal string[] CitedTests => [.. TestName().Matches(Text).Select(match => match.Groups["name"].Value)];

    /// <summary>Returns the text below a heading of the second level.</summary>
    internal string ReadSection(string heading) => Text.Split($"\n## {heading}\n") is [_, string rest]
        ? rest.Split("\n## ")[0]
        : throw new InvalidDataException($"{path} should have one section '{heading}'.");

    /// <summary>Returns the cells of each row of a section's tables, without the heading of each table.</summary>
    internal IEnumerable<string[]> ReadRows(string heading) =>
        from table in Table().Matches(ReadSection(heading))
        from row in table.Value.TrimEnd().Split('\n').Skip(2)
        select row.Split('|', StringSplitOptions.TrimEntries)[1..^1];

    [GeneratedRegex("^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"[`.](?<name>[A-Z][a-z]\w*_[A-Z][a-z]\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^(\|.*(\n|$))+", RegexOptions.Multiline)]
    private static partial Regex Table();
}

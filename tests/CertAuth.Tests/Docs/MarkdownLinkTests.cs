using System.Text.RegularExpressions;

namespace CertAuth.Tests.Docs;

/// <summary>The relative links of Markdown files lead to existing files and headings.</summary>
public sealed partial class MarkdownLinkTests
{
    public static TheoryData<string> Pages => [.. RepositoryText.FindFiles("*.md")];

    [Theory, MemberData(nameof(Pages))]
    public void RelativeLinks_LeadToFilesAndHeadings(string page)
    {
        string folder = Path.GetDirectoryName(page) ?? "";
        string[] broken =
        [
            .. Link().Matches(File.ReadAllText(RepositoryText.Locate(page)))
                .Where(link => !Exists(folder, page, link.Groups["path"].Value, link.Groups["heading"].Value))
                .Select(link => link.Value),
        ];

        broken.Should().BeEmpty();
    }

    private static bool Exists(string folder, string page, string path, string heading)
    {
        string target = RepositoryText.Locate(path.Length == 0 ? page : Path.Combine(folder, path));
        if (heading.Length == 0)
            return File.Exists(target) || Directory.Exists(target);

        return File.Exists(target) && File.ReadLines(target).Where(line => line.StartsWith('#')).Any(line => GetAnchor(line) == heading);
    }

    // As GitHub forms it: lower case, without punctuation, and with hyphens for spaces.
    private static string GetAnchor(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}

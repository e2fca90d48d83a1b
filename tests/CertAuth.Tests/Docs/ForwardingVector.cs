using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Docs;

/// <summary>A test vector of docs/forwarding-format.md: a heading, followed by the name and the text of each part.</summary>
internal sealed partial record ForwardingVector(string Title, IReadOnlyDictionary<string, string> Parts)
{
    internal static DocPage Page { get; } = new("docs/forwarding-format.md");

    internal static IReadOnlyList<ForwardingVector> All { get; } =
    [
        .. Page.Text.Split("\n### ").Skip(1).Where(section => section.StartsWith("Vector ", StringComparison.Ordinal))
            .Select(section => new ForwardingVector(
                section.Split('\n')[0], Part().Matches(section).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value))),
    ];

    internal DateTimeOffset Time => DateTimeOffset.ParseExact(
        this["Time"], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal byte[] Challenge => Convert.FromHexString(this["Challenge"]);

    internal byte[] Info => Encoding.UTF8.GetBytes(this["Info"]);

    internal byte[] Signed => Convert.FromHexString(this["Signed bytes"].ReplaceLineEndings(""));

    /// <summary>Gets the text of the only part with a name that begins with the specified text.</summary>
    internal string this[string name] => Parts.Single(part => part.Key.StartsWith(name, StringComparison.Ordinal)).Value;

    [GeneratedRegex("""^(?<name>[A-Z][^\n]*):\n\n```text\n(?<text>.*?)\n```$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();
}

using System.Text.RegularExpressions;

namespace CertAuth.EndToEnd.Tests.Walkthrough;

/// <summary>One command of a walk-through, and what the text says it prints; null where it does not say.</summary>
internal sealed partial record Step(string Command, string? Shown)
{
    private const char Anything = '…';

    /// <summary>The first word.</summary>
    internal string Program => Command.Split(' ', 2)[0];

    /// <summary>The commands of all <c>sh</c> blocks and, after <c>$</c>, of all <c>console</c> blocks, in order.</summary>
    /// <remarks>A command goes on where its line ends in a backslash.</remarks>
    internal static IEnumerable<Step> ReadAll(string markdown) => Blocks().Matches(markdown.ReplaceLineEndings("\n")).SelectMany(block =>
    {
        string text = block.Groups["text"].Value;
        return block.Groups["kind"].Value == "sh"
            ? Commands().Matches(text).Select(match => new Step(match.Value, null))
            : text.Split("\n$ ").Select(Read);
    });

    /// <summary>Whether that was printed: runs of blanks count as one, and <c>…</c> stands for anything.</summary>
    internal bool IsShown(string printed)
    {
        if (Shown is null)
            return true;
        IEnumerable<string> parts = Shown.Split(Anything).Select(part => Regex.Escape(Squeeze(part)));
        return Regex.IsMatch(Squeeze(printed), $"^{string.Join(".*", parts)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static Step Read(string text)
    {
        string command = Commands().Match(text).Value;
        return new(command, text[command.Length..]);
    }

    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"^```(?<kind>sh|console)\n(\$ )?(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^(.*\\\n)*.+$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

using System.Text.RegularExpressions;

namespace CertAuth.EndToEnd.Tests.Walkthrough;

/// <summary>One command of a walkthrough and the output that the text shows; null if it shows none.</summary>
internal sealed partial record Step(string Command, string? Shown)
{
    private const char AnyText = '…';

    /// <summary>The first word of the command.</summary>
    internal string Program => Command.Split(' ', 2)[0];

    /// <summary>Reads the commands of all <c>sh</c> blocks and those after <c>$</c> in all <c>console</c> blocks, in order.</summary>
    /// <remarks>A backslash at the end of a line continues the command.</remarks>
    internal static IEnumerable<Step> ReadAll(string markdown) => Blocks().Matches(markdown.ReplaceLineEndings("\n")).SelectMany(block =>
    {
        string text = block.Groups["text"].Value;
        return block.Groups["kind"].Value == "sh"
            ? Commands().Matches(text).Select(match => new Step(match.Value, null))
            : text.Split("\n$ ").Select(Read);
    });

    /// <summary>Returns true if the shown text was printed. Any white space counts as one space, and <c>…</c> matches any text.</summary>
    internal bool IsShown(string printed)
    {
        if (Shown is null)
            return true;
        IEnumerable<string> parts = Shown.Split(AnyText).Select(part => Regex.Escape(NormalizeSpaces(part)));
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        return Regex.IsMatch(NormalizeSpaces(printed), $"^{string.Join(".*", parts)}$", Options);
    }

    private static Step Read(string text)
    {
        string command = Commands().Match(text).Value;
        return new(command, text[command.Length..]);
    }

    private static string NormalizeSpaces(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"^```(?<kind>sh|console)\n(\$ )?(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^(.*\\\n)*.+$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

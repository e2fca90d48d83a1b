using System.Globalization;
using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Text from certificates and tokens on its way to a terminal: what could move the cursor is escaped.</summary>
internal static class Shown
{
    /// <summary>Control characters, format characters (bidirectional ones among them), line separators and lone surrogates as <c>\u{…}</c>; all else as it is.</summary>
    internal static string Safe(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isUnsafe = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || rune == Rune.ReplacementChar;
            _ = isUnsafe ? safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

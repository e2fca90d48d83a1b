using System.Globalization;
using System.Text;

namespace CertAuth;

/// <summary>Makes text that a peer sent fit for a log line: one line, bounded, nothing that moves the cursor, reverses the reading order or
/// can't be seen.</summary>
internal static class LogText
{
    /// <summary>Longest text kept, in UTF-16 code units.</summary>
    internal const int MaxLength = 512;

    internal static string Escape(string text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        StringBuilder line = new(kept.Length + 16);
        foreach (Rune rune in kept.EnumerateRunes())
        {
            // A lone surrogate comes as U+FFFD.
            if (IsPrintable(rune))
                line.Append(rune);
            else
                line.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
        }

        if (kept.Length < text.Length)
            line.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
        return line.ToString();
    }

    private static bool IsPrintable(Rune rune) => rune.Value is >= ' ' and <= '~'
        || (!InvisibleCharacters.Contains(rune) && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));
}

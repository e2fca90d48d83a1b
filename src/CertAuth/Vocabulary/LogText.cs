using System.Globalization;
using System.Text;

namespace CertAuth;

/// <summary>Escapes text from a peer for a log line: the result is one line of bounded length, without characters that move the cursor,
/// reverse the reading order or are invisible. Such a character becomes <c>\u{…}</c> with its code point in hexadecimal digits.
/// Backslashes are not escaped, so the original text cannot be restored.</summary>
internal static class LogText
{
    /// <summary>Returns the escaped text. If it is longer than <see cref="VocabularyBounds.MaxLogTextLength"/>, the rest is replaced with
    /// its total length.</summary>
    internal static string Escape(string text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text.Length, VocabularyBounds.MaxLogTextLength));
        StringBuilder line = new(kept.Length + 16);
        foreach (Rune rune in kept.EnumerateRunes())
        {
            // EnumerateRunes returns U+FFFD for a lone surrogate.
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

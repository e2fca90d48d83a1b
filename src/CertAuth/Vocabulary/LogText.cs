using System.Globalization;
using System.Text;

namespace CertAuth;

/// <summary>Makes text that a peer sent fit for a log line: one line, bounded, nothing that moves the cursor or reverses the reading order.</summary>
internal static class LogText
{
    /// <summary>Longest text kept, in UTF-16 code units.</summary>
    internal const int MaxLength = 512;

    internal static string Escape(string text)
    {
        int end = Math.Min(text.Length, MaxLength);
        StringBuilder line = new(end + 16);
        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (IsHarmless(c))
                line.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
                line.Append(c).Append(text[++i]);
            else
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        if (end < text.Length)
            line.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
        return line.ToString();
    }

    private static bool IsHarmless(char c) => c is >= ' ' and <= '~' || CharUnicodeInfo.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

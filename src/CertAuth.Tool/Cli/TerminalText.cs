using System.Globalization;
using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Text from certificates and tokens on its way to a terminal: what could move the cursor or cannot be seen is escaped.</summary>
internal static class TerminalText
{
    /// <summary>Writes control, format and invisible characters, line separators and lone surrogates as <c>\u{…}</c>, all else as it
    /// is.</summary>
    internal static string Escape(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = IsUnsafe(rune) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Writes a REQUIRE clause for a terminal, from where it will be copied: what could move the cursor or cannot be seen is
    /// written as bytes, which a name may be written with, so that the clause is still the same.</summary>
    internal static string EscapeClause(string clause)
    {
        StringBuilder safe = new(clause.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in clause.EnumerateRunes())
        {
            if (!IsUnsafe(rune))
            {
                safe.Append(rune.ToString());
                continue;
            }

            foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
                safe.Append(CultureInfo.InvariantCulture, $@"\\x{b:X2}");
        }

        return safe.ToString();
    }

    internal static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun, which takes an s for the plural.</summary>
    internal static string FormatCount(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static bool IsUnsafe(Rune rune) => rune == Rune.ReplacementChar || InvisibleCharacters.Contains(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}

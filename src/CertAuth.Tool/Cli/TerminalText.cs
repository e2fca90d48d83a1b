using System.Globalization;
using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Formats text for a terminal. Characters that control the terminal or are invisible are escaped, because certificates and tokens
/// are hostile input.</summary>
internal static class TerminalText
{
    /// <summary>Escapes control, format and invisible characters, line separators and lone surrogates as <c>\u{…}</c>.</summary>
    internal static string Escape(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = IsUnsafe(rune) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Escapes a REQUIRE clause so that it keeps its meaning when it is copied from the terminal. The characters that
    /// <see cref="Escape"/> escapes are written as escaped UTF-8 bytes, such as <c>\\xE2</c>, which a clause allows in names.</summary>
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

    /// <summary>Formats a time in UTC, to the second: <c>2026-11-21 12:00:00Z</c>.</summary>
    internal static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Formats a number with its noun, to which an s is added unless the number is 1.</summary>
    internal static string FormatCount(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static bool IsUnsafe(Rune rune) => rune == Rune.ReplacementChar || InvisibleCharacters.Contains(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}

using System.Globalization;
using System.Text;

namespace CertAuth;

/// <summary>The characters that are invisible: those that render as nothing, and every blank except the space.</summary>
/// <remarks>Two names that differ only in such characters look the same. Logs and terminals therefore show these characters
/// escaped.</remarks>
internal static class InvisibleCharacters
{
    /// <summary>The characters with the property Default_Ignorable_Code_Point: "should be ignored in rendering" (The Unicode Standard,
    /// 5.21).</summary>
    /// <remarks>Source: <c>DerivedCoreProperties.txt</c> of the Unicode Character Database, identical from version 14.0 to 17.0. It
    /// includes unassigned code points; later versions assign only such characters to them.</remarks>
    private static readonly (int First, int Last)[] s_ignorable =
    [
        (0x00AD, 0x00AD), // soft hyphen
        (0x034F, 0x034F), // combining grapheme joiner
        (0x061C, 0x061C), // Arabic letter mark
        (0x115F, 0x1160), // Hangul fillers
        (0x17B4, 0x17B5), // Khmer inherent vowels
        (0x180B, 0x180F), // Mongolian variation selectors and vowel separator
        (0x200B, 0x200F), // zero width space, joiners, direction marks
        (0x202A, 0x202E), // direction embeddings and overrides
        (0x2060, 0x206F), // word joiner, invisible operators, direction isolates
        (0x3164, 0x3164), // Hangul filler
        (0xFE00, 0xFE0F), // variation selectors
        (0xFEFF, 0xFEFF), // zero width no-break space
        (0xFFA0, 0xFFA0), // halfwidth Hangul filler
        (0xFFF0, 0xFFF8), // unassigned
        (0x1BCA0, 0x1BCA3), // shorthand format controls
        (0x1D173, 0x1D17A), // musical format controls
        (0xE0000, 0xE0FFF), // tags, variation selectors supplement
    ];

    /// <summary>The characters that the code charts show as blank, although neither their category nor the property above says
    /// so.</summary>
    private static readonly (int First, int Last)[] s_blank =
    [
        (0x2800, 0x2800), // Braille pattern blank
        (0xFFFC, 0xFFFC), // object replacement character: plain text has no object to show
        (0x13441, 0x13442), // Egyptian hieroglyph blanks
        (0x16FE4, 0x16FE4), // Khitan small script filler
        (0x1D159, 0x1D159), // musical symbol null notehead
    ];

    /// <summary>Returns whether a character is invisible.</summary>
    internal static bool Contains(Rune rune) => rune.Value is < ' ' or > '~'
        && (IsDefaultIgnorable(rune) || IsIn(s_blank, rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator);

    /// <summary>Returns whether a character has the property Default_Ignorable_Code_Point.</summary>
    internal static bool IsDefaultIgnorable(Rune rune) => IsIn(s_ignorable, rune);

    private static bool IsIn((int First, int Last)[] ascending, Rune rune)
    {
        foreach ((int first, int last) in ascending)
        {
            if (rune.Value <= last)
                return rune.Value >= first;
        }

        return false;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CertAuth.Tests.Vocabulary;

/// <summary>The attack: two names that differ only in characters that no log shows.</summary>
public sealed class InvisibleCharactersTests
{
    // Perl contains the Unicode Character Database. The property is the same in all versions that the table names.
    private const string Program =
        @"no warnings; for (0..0x10FFFF) { printf ""%X\n"", $_ if chr($_) =~ /\p{Default_Ignorable_Code_Point}/ }";

    private static IEnumerable<Rune> AllRunes => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));

    [Fact]
    public void IsDefaultIgnorable_AgreesWithPerl()
    {
        int[] expected = [.. RunPerl().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Convert.ToInt32(line, 16))];

        expected.Should().HaveCount(4174);
        AllRunes.Where(InvisibleCharacters.IsDefaultIgnorable).Select(rune => rune.Value).Should().Equal(expected);
    }

    [Fact]
    public void Contains_ReturnsTrue_ForEveryBlankExceptTheSpace()
    {
        Rune[] blanks = [.. AllRunes.Where(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ')];

        blanks.Should().HaveCountGreaterThan(10).And.OnlyContain(rune => InvisibleCharacters.Contains(rune));
    }

    [Fact]
    public void Contains_ReturnsFalse_ForVisibleCharacters()
    {
        const string Text = " ~/C=US/CN=alice José Müller – Ελένη Дмитрий 开发 東京 서울 ㄱ ㅣ "
            + "מרחבא עברית ⠁ ⣿ ・ ー ─ 𝅘𝅥 😀🔒𠀀é";

        Text.EnumerateRunes().Should().OnlyContain(rune => !InvisibleCharacters.Contains(rune));
    }

    [Fact]
    public void Escape_EscapesEveryInvisibleCharacter()
    {
        foreach (Rune rune in AllRunes.Where(InvisibleCharacters.Contains))
            LogText.Escape($"a{rune}b").Should().Be(string.Create(CultureInfo.InvariantCulture, $"a\\u{{{rune.Value:X4}}}b"));
    }

    private static string RunPerl()
    {
        try
        {
            using Process perl = Process.Start(new ProcessStartInfo("perl", ["-e", Program]) { RedirectStandardOutput = true })!;
            string output = perl.StandardOutput.ReadToEnd();
            perl.WaitForExit();
            Assert.SkipWhen(perl.ExitCode != 0, "perl lacks the Unicode property.");
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("perl is absent.");
            throw;
        }
    }
}

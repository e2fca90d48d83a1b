using System.Text;
using CertAuth.Json;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Json;

public sealed class JsonTextTests
{
    private static readonly Gen<string> s_text = Gen.Elements("a", "b", "/", "\\", "\"", "\n", "\0", "é", "€", "😀", "u0061", "")
        .ListOf().Select(parts => string.Concat(parts.Take(4)));

    private static readonly Gen<(string Text, string Other, byte[] Raw, byte[] OtherRaw)> s_pair =
        from text in s_text
        from other in Gen.OneOf(Gen.Constant(text), s_text)
        from raw in Escaped(text)
        from otherRaw in Escaped(other)
        select (text, other, raw, otherRaw);

    // Each character is written as one of its escapes or, where that is allowed, unescaped.
    private static Gen<byte[]> Escaped(string text) => text.EnumerateRunes()
        .Select(rune => Gen.Elements(GetForms(rune)))
        .Aggregate(Gen.Constant(""), (all, format) => all.Zip(format, (a, b) => a + b)).Select(Encoding.UTF8.GetBytes);

    [Fact]
    public void AreEqual_ComparesUnescapedTexts() => Prop.ForAll(
        s_pair.ToArbitrary(),
        pair => JsonText.AreEqual(pair.Raw, pair.OtherRaw) == (pair.Text == pair.Other)
            && JsonText.AreEqual(pair.OtherRaw, pair.Raw) == (pair.Text == pair.Other)
            && JsonText.EqualsUtf8(pair.Raw, Encoding.UTF8.GetBytes(pair.Other)) == (pair.Text == pair.Other)
            && JsonText.GetString(pair.Raw) == pair.Text).Check(Generators.Times(10_000));

    [Fact]
    public void ReadMember_FindsARepeatedNameWithAnyEscapes() => Prop.ForAll(
        s_pair.ToArbitrary(),
        pair => JsonWalk.ReadObject([.. "{\""u8, .. pair.Raw, .. "\":1,\""u8, .. pair.OtherRaw, .. "\":2}"u8])
            == (pair.Text == pair.Other ? JsonReadStatus.Repeated : JsonReadStatus.End)).Check(Generators.Times(4_000));

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("", "", true)]
    [InlineData("a", "", false)]
    [InlineData("", "a", false)]
    [InlineData("a", "A", false)]
    [InlineData("\\u0061", "a", true)]
    [InlineData("\\u0061", "ab", false)]
    [InlineData("\\u0061b", "a", false)]
    [InlineData("\\u00e9", "é", true)]
    [InlineData("\\uD83D\\uDE00", "😀", true)]
    [InlineData("\\uD83D\\uDE00", "\\ud83d\\ude00", false)]
    [InlineData("\\\\u0061", "\\u0061", true)]
    [InlineData("\\n", "\\n", false)]
    [InlineData("DOM\\bob", "DOM\\bob", false)]
    [InlineData("\\u0061", "\\u0061", false)]
    [InlineData("\\ud83d\\ude00", "\\ud83d\\ude00", false)]
    [InlineData("\\u0000", "\0", true)]
    [InlineData("a\\u0000", "a", false)]
    public void EqualsUtf8_ResolvesEscapes(string raw, string text, bool expected) =>
        JsonText.EqualsUtf8(Encoding.UTF8.GetBytes(raw), Encoding.UTF8.GetBytes(text)).Should().Be(expected);

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("\\u0061\\n\\\\", 3)]
    [InlineData("é\\u00e9", 4)]
    [InlineData("\\ud83d\\ude00", 4)]
    [InlineData("", 0)]
    public void TryUnescape_ReturnsFalse_WhenTheDestinationIsTooShort(string raw, int bytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(raw);

        JsonText.TryUnescape(text, new byte[bytes], out int written).Should().BeTrue();
        written.Should().Be(bytes);
        (bytes == 0 || !JsonText.TryUnescape(text, new byte[bytes - 1], out _)).Should().BeTrue();
    }

    private static string[] GetForms(Rune rune)
    {
        string units = string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}"));
        string[] forms = [units, units.ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal)];
        return rune.Value switch
        {
            '\n' => [.. forms, "\\n"],
            '"' or '\\' => [.. forms, $"\\{rune}"],
            '/' => [.. forms, "/", "\\/"],
            < 0x20 => forms,
            _ => [.. forms, rune.ToString()],
        };
    }
}

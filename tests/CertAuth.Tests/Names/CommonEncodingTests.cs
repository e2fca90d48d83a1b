using CertAuth.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

/// <summary>The two ways of comparing an RDN: a short one with its common encoding, and any other attribute by attribute. Both give the
/// same result.</summary>
public sealed class CommonEncodingTests
{
    private static readonly byte[] s_asciiTypes = [Utf8, Numeric, Printable, T61, Ia5, Visible, Universal, Bmp];
    private static readonly byte[] s_otherTypes = [Utf8, T61, Universal, Bmp];

    // An RDN of 0x7F bytes holds a text of 116 bytes if its type has three bytes, and of 110 bytes if its type has nine.
    public static TheoryData<string, char> Cases { get; } = new(
        from oid in new[] { CommonName, "1.2.840.113549.1.9.1", "2.999.1" } from character in "a\u00E9" select (oid, character));

    [Theory]
    [MemberData(nameof(Cases))]
    public void MatchesDer_ComparesTextsOfAllLengthsInAllStringTypes(string oid, char character)
    {
        byte[] types = char.IsAscii(character) ? s_asciiTypes : s_otherTypes;
        int bytes = char.IsAscii(character) ? 1 : 2;
        foreach (int length in Enumerable.Range(104, 18).Select(length => length / bytes).Prepend(1).Prepend(0))
        {
            string text = new(character, length);
            string shorter = text[..Math.Max(0, length - 1)], other = length == 0 ? "" : shorter + "b";
            byte[] required = EncodeRdn(Utf8, text);
            foreach (byte type in types)
            {
                (length, type, Matches(required, EncodeRdn(type, text))).Should().Be((length, type, true));
                (length, type, Matches(EncodeRdn(type, text), required)).Should().Be((length, type, true));
                (length, type, Matches(required, EncodeRdn(type, text + "a"))).Should().Be((length, type, false));
                (length, type, Matches(required, EncodeRdn(type, shorter))).Should().Be((length, type, length == 0));
                (length, type, Matches(required, EncodeRdn(type, other))).Should().Be((length, type, length == 0));
            }
        }

        byte[] EncodeRdn(byte type, string text) => Rdn(Attribute(oid, type, Encode(type, text)));
    }

    [Theory]
    [InlineData(Utf8, "C3A9", true)]
    [InlineData(T61, "E9", true)]
    [InlineData(T61, "C3A9", false)]
    [InlineData(Printable, "C3A9", false)]
    [InlineData(Ia5, "C3A9", false)]
    [InlineData(Numeric, "C3A9", false)]
    [InlineData(Visible, "C3A9", false)]
    [InlineData(0x04, "C3A9", false)]
    [InlineData(0x2C, "C3A9", false)]
    public void MatchesDer_ComparesTheTextAndNotTheBytes(byte type, string hex, bool matches) =>
        DistinguishedName.Parse("/CN=\u00E9").MatchesDer(Name(Rdn(Attribute(CommonName, type, Convert.FromHexString(hex)))))
            .Should().Be(matches);

    // The RDN is at the start and at the end of a name, next to an RDN with two attributes, and next to a malformed one.
    private static bool Matches(byte[] required, byte[] presented)
    {
        byte[] pair = Rdn(Attribute(Unit, "x"), Attribute(CommonName, "y"));
        byte[] swapped = Rdn(Attribute(CommonName, "y"), Attribute(Unit, "x"));
        Assert.True(DistinguishedName.TryParseDer(Name(required, pair, required), out DistinguishedName? name, out _));
        DistinguishedName.TryParseDer(Name(presented, swapped, presented), out DistinguishedName? other, out _).Should().BeTrue();
        name.MatchesDer(Name(presented, swapped)).Should().BeFalse();
        name.MatchesDer(Name(presented, swapped, presented, presented)).Should().BeFalse();
        name.MatchesDer(Name(presented, swapped, presented, [0x31, 0])).Should().BeFalse();
        name.MatchesDer(Name(presented, swapped, presented[..^1])).Should().BeFalse();
        bool matches = name.MatchesDer(Name(presented, swapped, presented));
        name.Equals(other).Should().Be(matches);
        name.MatchesDer(Name(presented, presented, swapped)).Should().BeFalse();
        return matches;
    }
}

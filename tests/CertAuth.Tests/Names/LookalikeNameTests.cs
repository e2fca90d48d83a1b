using System.Text;
using CertAuth.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

/// <summary>Names that other servers accept although they are not the required name.</summary>
public sealed class LookalikeNameTests
{
    [Fact]
    public void MatchesDer_RejectsAnOrganizationThatPrintsLikeTwoAttributes() =>
        AssertRejected("/O=PingCAP/CN=admin", Name((Organization, "PingCAP/CN=admin")));

    [Fact]
    public void MatchesDer_RejectsABackslashBeforeASeparator()
    {
        byte[] attack = Name((Organization, "x\\"), (CommonName, "admin"));
        byte[] genuine = Name((Organization, "x/CN=admin"));

        // OpenSSL 3 prints the same text for both, so MySQL and MariaDB cannot distinguish them.
        DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? attackText, out _).Should().BeTrue();
        Assert.True(DistinguishedName.TryFormatDer(genuine, NameFormat.OpenSsl3, out string? genuineText, out _));
        attackText.Should().Be(genuineText);
        DistinguishedName.Parse(genuineText).MatchesDer(genuine).Should().BeTrue();
        AssertRejected(genuineText, attack);
    }

    [Fact]
    public void MatchesDer_RejectsWideCharactersWithAsciiBytes()
    {
        byte[] attack = Name(Rdn(Attribute(CommonName, Bmp, Encode(Bmp, "\u626F\u6273"))));

        DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _).Should().BeTrue();
        text.Should().Be("/CN=bobs");
        AssertRejected("/CN=bobs", attack);
        DistinguishedName.Parse("/CN=\u626F\u6273").MatchesDer(attack).Should().BeTrue();
    }

    [Fact]
    public void MatchesDer_RejectsTextThatSpellsEscapes()
    {
        byte[] attack = Name((CommonName, "\\xC3\\xA9"));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _));
        text.Should().Be("/CN=\\xC3\\xA9");
        AssertRejected(text, attack);
        DistinguishedName.Parse(text).MatchesDer(Name((CommonName, "é"))).Should().BeTrue();
    }

    [Fact]
    public void MatchesDer_RejectsAnAttributeThatTidbOmits()
    {
        byte[] attack = Name((UserId, "evil"), (Organization, "PingCAP"), (CommonName, "admin"));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.Tidb, out string? text, out _));
        text.Should().Be("/O=PingCAP/CN=admin");
        AssertRejected(text, attack);
    }

    [Fact]
    public void MatchesDer_RejectsTwoAttributesInOneRdn()
    {
        byte[] attack = Name(Rdn(Attribute(CommonName, "bob"), Attribute(Unit, "eng")));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.Tidb, out string? text, out _));
        text.Should().Be("/CN=bob/OU=eng");
        AssertRejected(text, attack);
        DistinguishedName.Parse("/OU=eng+CN=bob").MatchesDer(attack).Should().BeTrue();
    }

    [Fact]
    public void MatchesDer_RejectsAnOidWithTheSamePrefix()
    {
        string shared = "1.3.6.1.4.1." + string.Join('.', Enumerable.Repeat("1234567", 8)) + ".12345";
        string required = shared[..79], presented = shared[..79] + "1.123456789";
        byte[] attack = Name((presented, "admin"));

        presented.Length.Should().Be(90);
        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _));
        text.Should().Be($"/{required}=admin");
        AssertRejected(text, attack);
        DistinguishedName.Parse($"/{presented}=admin").MatchesDer(attack).Should().BeTrue();
    }

    [Theory]
    [InlineData(Utf8)]
    [InlineData(Ia5)]
    [InlineData(T61)]
    [InlineData(Bmp)]
    [InlineData(Universal)]
    public void MatchesDer_RejectsTextAfterANul(byte tag) =>
        AssertRejected("/CN=a", Name(Rdn(Attribute(CommonName, tag, Encode(tag, "a\0.evil")))));

    [Fact]
    public void MatchesDer_CountsEachAttributeOfARdn()
    {
        AssertRejected("/CN=a+CN=a", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "b"))));
        AssertRejected("/CN=a+CN=b", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "a"))));
        AssertRejected("/CN=a", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "a"))));
        AssertRejected("/CN=a+CN=a", Name((CommonName, "a")));
        AssertRejected("/CN=a/CN=a", Name((CommonName, "a")));
        AssertRejected("/CN=a", Name((CommonName, "a"), (CommonName, "a")));
    }

    [Theory]
    [InlineData("/CN=a", "A")]
    [InlineData("/CN=a", " a")]
    [InlineData("/CN=a", "a ")]
    [InlineData("/CN=é", "e\u0301")]
    [InlineData("/CN=a", "\uFEFFa")]
    [InlineData("/CN=a b", "a\u00A0b")]
    [InlineData("/CN=", "\0")]
    public void MatchesDer_ComparesOrdinally(string required, string presented) => AssertRejected(required, Name((CommonName, presented)));

    [Fact]
    public void MatchesDer_RejectsMalformedNames()
    {
        byte[] genuine = Name((CommonName, "bob"));
        byte[][] malformed =
        [
            [], [0x30], [0x30, 0x00], [.. genuine, 0], genuine[..^1], [0x30, 0x81, genuine[1], .. genuine[2..]], Rdn(genuine[2..]),
            Name(Rdn(), genuine[2..]), Name(Rdn(Attribute(CommonName, 0x2C, Tlv(Utf8, Encoding.UTF8.GetBytes("bob"))))),
            Name(Rdn(Sequence(Oid(CommonName), Tlv(Utf8, "bob"u8.ToArray()), Tlv(5)))), Name(Rdn(Sequence(Oid(CommonName)))),
        ];

        DistinguishedName.Parse("/CN=bob").MatchesDer(genuine).Should().BeTrue();
        malformed.Should().AllSatisfy(name => AssertRejected("/CN=bob", name));
    }

    private static void AssertRejected(string requirement, byte[] presented)
    {
        DistinguishedName required = DistinguishedName.Parse(requirement);

        required.MatchesDer(presented).Should().BeFalse();
        if (DistinguishedName.TryParseDer(presented, out DistinguishedName? name, out _))
        {
            name.Should().NotBe(required);
            required.ExplainDifference(name).Should().NotBeNull();
        }
    }
}

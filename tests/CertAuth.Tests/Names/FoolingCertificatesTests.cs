using System.Text;
using CertAuth.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

/// <summary>Certificates that log in as others elsewhere: every one is denied here.</summary>
public sealed class FoolingCertificatesTests
{
    [Fact]
    public void MatchesDer_DeniesAnOrganizationThatReadsLikeTwoAttributes() =>
        Deny("/O=PingCAP/CN=admin", Name((Organization, "PingCAP/CN=admin")));

    [Fact]
    public void MatchesDer_DeniesABackslashThatSwallowsTheSeparator()
    {
        byte[] attack = Name((Organization, "x\\"), (CommonName, "admin"));
        byte[] genuine = Name((Organization, "x/CN=admin"));

        // What OpenSSL 3 prints is the same for both: MySQL and MariaDB can't tell them apart.
        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? attackText, out _));
        Assert.True(DistinguishedName.TryFormatDer(genuine, NameFormat.OpenSsl3, out string? genuineText, out _));
        Assert.Equal(genuineText, attackText);
        Assert.True(DistinguishedName.Parse(genuineText).MatchesDer(genuine));
        Deny(genuineText, attack);
    }

    [Fact]
    public void MatchesDer_DeniesWideCharactersWhoseOctetsAreAscii()
    {
        byte[] attack = Name(Rdn(Attribute(CommonName, Bmp, Encode(Bmp, "\u626F\u6273"))));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _));
        Assert.Equal("/CN=bobs", text);
        Deny("/CN=bobs", attack);
        Assert.True(DistinguishedName.Parse("/CN=\u626F\u6273").MatchesDer(attack));
    }

    [Fact]
    public void MatchesDer_DeniesTextThatSpellsEscapes()
    {
        byte[] attack = Name((CommonName, "\\xC3\\xA9"));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _));
        Assert.Equal("/CN=\\xC3\\xA9", text);
        Deny(text, attack);
        Assert.True(DistinguishedName.Parse(text).MatchesDer(Name((CommonName, "é"))));
    }

    [Fact]
    public void MatchesDer_DeniesAnAttributeThatTidbLeavesOut()
    {
        byte[] attack = Name((UserId, "evil"), (Organization, "PingCAP"), (CommonName, "admin"));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.Tidb, out string? text, out _));
        Assert.Equal("/O=PingCAP/CN=admin", text);
        Deny(text, attack);
    }

    [Fact]
    public void MatchesDer_DeniesTwoAttributesInOneRdn()
    {
        byte[] attack = Name(Rdn(Attribute(CommonName, "bob"), Attribute(Unit, "eng")));

        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.Tidb, out string? text, out _));
        Assert.Equal("/CN=bob/OU=eng", text);
        Deny(text, attack);
        Assert.True(DistinguishedName.Parse("/OU=eng+CN=bob").MatchesDer(attack));
    }

    [Fact]
    public void MatchesDer_DeniesALongOidThatSharesItsBeginning()
    {
        string shared = "1.3.6.1.4.1." + string.Join('.', Enumerable.Repeat("1234567", 8)) + ".12345";
        string required = shared[..79], presented = shared[..79] + "1.123456789";
        byte[] attack = Name((presented, "admin"));

        Assert.Equal(90, presented.Length);
        Assert.True(DistinguishedName.TryFormatDer(attack, NameFormat.OpenSsl3, out string? text, out _));
        Assert.Equal($"/{required}=admin", text);
        Deny(text, attack);
        Assert.True(DistinguishedName.Parse($"/{presented}=admin").MatchesDer(attack));
    }

    [Theory]
    [InlineData(Utf8)]
    [InlineData(Ia5)]
    [InlineData(T61)]
    [InlineData(Bmp)]
    [InlineData(Universal)]
    public void MatchesDer_DeniesWhatFollowsANul(byte tag) =>
        Deny("/CN=a", Name(Rdn(Attribute(CommonName, tag, Encode(tag, "a\0.evil")))));

    [Fact]
    public void MatchesDer_CountsEachAttributeOfARdn()
    {
        Deny("/CN=a+CN=a", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "b"))));
        Deny("/CN=a+CN=b", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "a"))));
        Deny("/CN=a", Name(Rdn(Attribute(CommonName, "a"), Attribute(CommonName, "a"))));
        Deny("/CN=a+CN=a", Name((CommonName, "a")));
        Deny("/CN=a/CN=a", Name((CommonName, "a")));
        Deny("/CN=a", Name((CommonName, "a"), (CommonName, "a")));
    }

    [Theory]
    [InlineData("/CN=a", "A")]
    [InlineData("/CN=a", " a")]
    [InlineData("/CN=a", "a ")]
    [InlineData("/CN=é", "e\u0301")]
    [InlineData("/CN=a", "\uFEFFa")]
    [InlineData("/CN=a b", "a\u00A0b")]
    [InlineData("/CN=", "\0")]
    public void MatchesDer_ComparesOrdinally(string required, string presented) => Deny(required, Name((CommonName, presented)));

    [Fact]
    public void MatchesDer_DeniesMalformedNames()
    {
        byte[] genuine = Name((CommonName, "bob"));
        byte[][] malformed =
        [
            [], [0x30], [0x30, 0x00], [.. genuine, 0], genuine[..^1], [0x30, 0x81, genuine[1], .. genuine[2..]], Rdn(genuine[2..]),
            Name(Rdn(), genuine[2..]), Name(Rdn(Attribute(CommonName, 0x2C, Tlv(Utf8, Encoding.UTF8.GetBytes("bob"))))),
            Name(Rdn(Sequence(Oid(CommonName), Tlv(Utf8, "bob"u8.ToArray()), Tlv(5)))), Name(Rdn(Sequence(Oid(CommonName)))),
        ];

        Assert.True(DistinguishedName.Parse("/CN=bob").MatchesDer(genuine));
        Assert.All(malformed, name => Deny("/CN=bob", name));
    }

    private static void Deny(string requirement, byte[] presented)
    {
        DistinguishedName required = DistinguishedName.Parse(requirement);

        Assert.False(required.MatchesDer(presented));
        if (DistinguishedName.TryReadDer(presented, out DistinguishedName? name, out _))
        {
            Assert.NotEqual(required, name);
            Assert.NotNull(required.ExplainDifference(name));
        }
    }
}

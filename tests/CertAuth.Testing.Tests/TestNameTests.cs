using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing.Tests;

public sealed class TestNameTests
{
    [Fact]
    public void Of_EncodesAsX500DistinguishedNameBuilderDoes()
    {
        X500DistinguishedNameBuilder builder = new();
        builder.AddCommonName("bob");
        builder.AddOrganizationName("Örg");
        builder.AddCountryOrRegion("US");
        builder.AddEmailAddress("b@x.test");

        // X500DistinguishedNameBuilder encodes in reverse order.
        TestName name = TestName.Of(("emailAddress", "b@x.test"), ("C", "US"), ("O", "Örg"), ("CN", "bob"));

        Convert.ToHexString(name.Encode()).Should().Be(Convert.ToHexString(builder.Build().RawData));
    }

    [Theory]
    [InlineData("C", "2.5.4.6", "13")]
    [InlineData("ST", "2.5.4.8", "0C")]
    [InlineData("L", "2.5.4.7", "0C")]
    [InlineData("O", "2.5.4.10", "0C")]
    [InlineData("OU", "2.5.4.11", "0C")]
    [InlineData("CN", "2.5.4.3", "0C")]
    [InlineData("emailAddress", "1.2.840.113549.1.9.1", "16")]
    [InlineData("serialNumber", "2.5.4.5", "13")]
    [InlineData("street", "2.5.4.9", "0C")]
    [InlineData("postalCode", "2.5.4.17", "0C")]
    [InlineData("DC", "0.9.2342.19200300.100.1.25", "16")]
    [InlineData("UID", "0.9.2342.19200300.100.1.1", "0C")]
    [InlineData("GN", "2.5.4.42", "0C")]
    [InlineData("SN", "2.5.4.4", "0C")]
    [InlineData("title", "2.5.4.12", "0C")]
    public void Of_EncodesTheShortNameAsItsOid(string shortName, string oid, string tag)
    {
        string encoded = Convert.ToHexString(TestName.Of((shortName, "v")).Encode());

        encoded.Should().Be(Convert.ToHexString(TestName.Of((oid, "v")).Encode()));
        encoded.Should().EndWith(tag + "0176");
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("cn")]
    [InlineData("1.")]
    [InlineData("")]
    public void Of_Throws_WhenTheTypeIsUnknown(string type) =>
        Assert.ThrowsAny<ArgumentException>(() => TestName.Of((type, "v")));

    [Fact]
    public void Of_ReturnsTheEmptyName_WhenThereAreNoAttributes() => TestName.Of().Encode().Should().Equal(0x30, 0x00);

    [Fact]
    public void Of_EncodesLongLengths()
    {
        byte[] encoded = TestName.Of(("CN", new string('a', 70_000))).Encode();

        // SEQUENCE, SET, SEQUENCE, OID (5 bytes), UTF8String: each header except that of the OID has a length of three bytes after 0x83.
        Convert.ToHexString(encoded[..5]).Should().Be("3083011184");
        encoded.Length.Should().Be(70_000 + (4 * 5) + 5);
    }

    [Theory]
    [InlineData(TestStringType.Default, "0C02C3A9")]
    [InlineData(TestStringType.Utf8, "0C02C3A9")]
    [InlineData(TestStringType.T61, "1401E9")]
    [InlineData(TestStringType.Bmp, "1E0200E9")]
    [InlineData(TestStringType.Universal, "1C04000000E9")]
    public void Attribute_EncodesTheStringType(TestStringType stringType, string value) =>
        Convert.ToHexString(new TestNameAttribute("CN", "é", stringType).Encode()[2..]).Should().Be("0603550403" + value);

    [Theory]
    [InlineData(TestStringType.Printable, "130140")]
    [InlineData(TestStringType.Ia5, "160140")]
    [InlineData(TestStringType.Numeric, "120140")]
    [InlineData(TestStringType.Visible, "1A0140")]
    public void Attribute_AcceptsEveryAsciiCharacter_InAnAsciiStringType(TestStringType stringType, string value) =>
        Convert.ToHexString(new TestNameAttribute("CN", "@", stringType).Encode()[2..]).Should().Be("0603550403" + value);

    [Theory]
    [InlineData(TestStringType.Printable, "aé")]
    [InlineData(TestStringType.Ia5, "aé")]
    [InlineData(TestStringType.T61, "a\u0100")]
    public void Attribute_Throws_WhenTheStringTypeCannotEncodeTheText(TestStringType stringType, string value)
    {
        ArgumentException e = FluentActions.Invoking(() => new TestNameAttribute("CN", value, stringType))
            .Should().ThrowExactly<ArgumentException>().Which;

        e.Message.Should().Contain("index 1");
    }

    // InlineData cannot contain a lone surrogate.
    [Fact]
    public void Attribute_Throws_WhenTheTextHasALoneSurrogate()
    {
        FluentActions.Invoking(() => new TestNameAttribute("CN", "a\uD800")).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new TestNameAttribute("CN", "a\uD800", TestStringType.Bmp)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new TestNameAttribute("CN", "a\uD800", TestStringType.Universal))
            .Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void Raw_EncodesUncheckedContent() =>
        Convert.ToHexString(TestNameAttribute.Raw("CN", 0x1E, [0x41]).Encode()).Should().Be("3008" + "0603550403" + "1E0141");

    [Fact]
    public void Rdn_SortsAttributesAsDerRequires()
    {
        TestNameAttribute cn = new("CN", "bob");
        TestNameAttribute ou = new("OU", "a");

        // The shorter encoding has the smaller length byte, which comes before the types.
        new TestRdn(cn, ou).Encode().Should().Equal(new TestRdn(ou, cn).Encode());
        new TestRdn(cn, ou).Encode().Should().Equal([0x31, 0x16, .. ou.Encode(), .. cn.Encode()]);
    }

    [Fact]
    public void Rdn_KeepsTheOrder_WhenAsWritten()
    {
        TestNameAttribute cn = new("CN", "bob");
        TestNameAttribute ou = new("OU", "a");

        new TestRdn(TestRdnOrder.AsWritten, cn, ou).Encode().Should().Equal([0x31, 0x16, .. cn.Encode(), .. ou.Encode()]);
    }

    [Fact]
    public void FromDer_CopiesTheBytes()
    {
        byte[] bytes = [0x30, 0x05, 0xFF];
        TestName name = TestName.FromDer(bytes);
        bytes[0] = 0;

        name.Encode().Should().Equal(0x30, 0x05, 0xFF);
    }
}

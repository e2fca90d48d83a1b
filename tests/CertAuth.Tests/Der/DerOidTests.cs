using System.Text.Json;
using CertAuth.Der;
using CertAuth.Names;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Der;

public sealed class DerOidTests
{
    [Theory]
    [InlineData("2.5.4.3", "550403")]
    [InlineData("0.0", "00")]
    [InlineData("0.39", "27")]
    [InlineData("1.0", "28")]
    [InlineData("1.39", "4F")]
    [InlineData("2.0", "50")]
    [InlineData("2.47", "7F")]
    [InlineData("2.48", "8100")]
    [InlineData("2.999.3", "883703")]
    [InlineData("1.2.840.113549", "2A864886F70D")]
    [InlineData("1.39.999999999999999999", "4F8DF0ADD6BABB8FFF7F")]
    [InlineData("1.39.1000000000000000000", "4F8DF0ADD6BABB908000")]
    [InlineData("2.999999999999999999", "8DF0ADD6BABB90804F")]
    [InlineData("2.1000000000000000000", "8DF0ADD6BABB908050")]
    [InlineData("2.18446744073709551615", "8280808080808080804F")]
    [InlineData("2.25.340282366920938463463374607431768211455", "6983FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    public void FormatAndParse_AgreeWithX690(string text, string hex)
    {
        byte[] content = Convert.FromHexString(hex);

        DerOid.IsValid(content).Should().BeTrue();
        DerOid.Format(content).Should().Be(text);
        DerOid.ParseOrNull(text).Should().Equal(content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8001")]
    [InlineData("2A80")]
    [InlineData("2A8001")]
    [InlineData("2A86")]
    [InlineData("FF")]
    public void IsValid_RejectsIncompleteAndPaddedArcs(string hex) => DerOid.IsValid(Convert.FromHexString(hex)).Should().BeFalse();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("2")]
    [InlineData("2.")]
    [InlineData(".2")]
    [InlineData("2..5")]
    [InlineData("2.5.")]
    [InlineData("3.1")]
    [InlineData("0.40")]
    [InlineData("1.40")]
    [InlineData("02.5")]
    [InlineData("2.05")]
    [InlineData("2.5.00")]
    [InlineData("2.-5")]
    [InlineData("2.+5")]
    [InlineData(" 2.5")]
    [InlineData("2.5 ")]
    [InlineData("2.5.a")]
    [InlineData("2.5.\u0663")]
    [InlineData("2,5")]
    public void ParseOrNull_RejectsOtherTexts(string text) => DerOid.ParseOrNull(text).Should().BeNull();

    [Fact]
    public void ParseOrNull_ReturnsNull_WhenTheContentOrTheTextIsTooLong()
    {
        string longest = "2.5" + string.Concat(Enumerable.Repeat(".1", DerBounds.MaxOidBytes - 1));

        DerOid.ParseOrNull(longest)!.Length.Should().Be(DerBounds.MaxOidBytes);
        DerOid.ParseOrNull(longest + ".1").Should().BeNull();
        DerOid.ParseOrNull("2.5." + new string('9', DerBounds.MaxOidTextLength)).Should().BeNull();
        DerOid.IsValid(new byte[DerBounds.MaxOidBytes + 1]).Should().BeFalse();
        DerOid.IsValid(new byte[DerBounds.MaxOidBytes]).Should().BeTrue();
        new byte[] { 0x7F, 0x00 }.Should().AllSatisfy(b => DerOid.Format([.. Enumerable.Repeat(b, DerBounds.MaxOidBytes)]).Length
            .Should().BeInRange(1, DerBounds.MaxOidTextLength));
    }

    [Fact]
    public void Format_RoundTrips() => Prop.ForAll(
        (from first in Gen.Choose(0, 2)
         from second in Gen.Choose(0, first < 2 ? 39 : 100_000)
         from rest in Gen.OneOf(Gen.Choose(0, 200), Gen.Choose(0, int.MaxValue)).ArrayOf()
         select string.Join('.', rest.Prepend(second).Prepend(first))).ToArbitrary(),
        text => DerOid.ParseOrNull(text) is not { } content
            ? text.Length > 300
            : DerOid.IsValid(content) && DerOid.Format(content) == text && DerBytes.Oid(text).AsSpan().EndsWith(content))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void IsValid_AcceptsOnlyContentThatRoundTrips() => Prop.ForAll(
        Gen.Elements<byte>(0x00, 0x01, 0x27, 0x28, 0x4F, 0x50, 0x7F, 0x80, 0x81, 0xFF).ArrayOf().ToArbitrary(),
        content => !DerOid.IsValid(content) || DerOid.ParseOrNull(DerOid.Format(content)).AsSpan().SequenceEqual(content))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void AttributeTypes_MapOpenSslNamesToOidsAndBack()
    {
        using JsonDocument tables = JsonDocument.Parse(File.ReadAllText(SharedFiles.RequireVectors("oid_sn.json")));
        JsonElement table = tables.RootElement.EnumerateObject()
            .Single(t => t.Name.StartsWith("OpenSSL 3.0", StringComparison.Ordinal)).Value;
        JsonProperty[] types = [.. table.EnumerateObject()];

        types.Length.Should().Be(1103);
        types.Should().AllSatisfy(type =>
        {
            string name = type.Value[0].GetString()!;
            byte[] content = DerOid.ParseOrNull(type.Name)!;
            bool hasSlash = name.Contains('/', StringComparison.Ordinal);

            AttributeTypes.Find(name, out byte[] found).Should().Be(NameErrorKind.None);
            found.Should().Equal(content);
            AttributeTypes.TryGetOpenSslName(content, out string? printed).Should().BeTrue();
            printed.Should().Be(name);
            AttributeTypes.Format(content).Should().Be(hasSlash ? type.Name : name);
            DistinguishedName parsed = DistinguishedName.Parse($"/{type.Name}=x");
            parsed.ToString().Should().Be($"/{(hasSlash ? type.Name : name)}=x");
            DistinguishedName.Parse(parsed.ToString()).Should().Be(parsed);
        });
    }
}

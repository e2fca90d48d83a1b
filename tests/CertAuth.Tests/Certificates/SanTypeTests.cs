using CertAuth.Certificates;

namespace CertAuth.Tests.Certificates;

public sealed class SanTypeTests
{
    public static TheoryData<SanKind> Kinds => [.. Enum.GetValues<SanKind>()];

    // RFC 5280, 4.2.1.6: the tag numbers are 0 to 8, and SanKind begins at 1.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachKind_HasOneType(SanKind kind)
    {
        SanType type = SanType.Get(kind);

        (type.Tag & 0x1F).Should().Be((int)kind - 1);
        SanType.Find(type.Tag).Should().BeSameAs(type);
        SanType.Find(type.Label).Should().BeSameAs(type);
        SanType.Find(type.Label.ToUpperInvariant()).Should().BeSameAs(type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I")]
    [InlineData("IPADDRESS")]
    [InlineData("UR\u0130")]
    public void Find_ReturnsNull_WhenNoTypeHasTheLabel(string label) => SanType.Find(label).Should().BeNull();

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x89)]
    [InlineData(0xA1)]
    [InlineData(0x02)]
    public void Find_ReturnsNull_WhenTheFormOfTheTagIsWrong(byte tag) => SanType.Find(tag).Should().BeNull();

    [Fact]
    public void RequirableLabels_NameTheTypesThatCanBeRequired()
    {
        SanType.RequirableLabels.Should().Be("URI, DNS, IP or EMAIL");
        SanType.Find("IP Address").Should().BeSameAs(SanType.Get(SanKind.IpAddress));
    }
}

using System.Net;

namespace CertAuth.Testing.Tests;

public sealed class TestSanTests
{
    [Fact]
    public void Encode_WritesEachKindOfName()
    {
        byte[] encoded = TestSan.Encode(
            TestSan.Email("a@b"), TestSan.Dns("d\0"), TestSan.Uri("u:x"), TestSan.Ip(IPAddress.Loopback), TestSan.Raw(0x88, [0x2A]));

        Convert.ToHexString(encoded).Should().Be("3017" + "8103614062" + "82026400" + "8603753A78" + "87047F000001" + "88012A");
    }

    [Fact]
    public void Ip_KeepsTheSixteenBytesOfAMappedAddress() =>
        Convert.ToHexString(TestSan.Encode(TestSan.Ip(IPAddress.Loopback.MapToIPv6()))).Should().Be(
            "3012" + "871000000000000000000000FFFF7F000001");

    [Fact]
    public void Encode_ReturnsAnEmptySequence_WhenThereAreNoNames() => TestSan.Encode().Should().Equal(0x30, 0x00);

    [Fact]
    public void Dns_Throws_WhenTheNameIsNotAscii() => FluentActions.Invoking(() => TestSan.Dns("bücher.test"))
        .Should().ThrowExactly<ArgumentException>();
}

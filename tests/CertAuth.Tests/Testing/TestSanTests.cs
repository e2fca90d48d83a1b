using System.Net;
using CertAuth.Testing;

namespace CertAuth.Tests.Testing;

public sealed class TestSanTests
{
    [Fact]
    public void Encode_WritesEachKindOfName()
    {
        byte[] encoded = TestSan.Encode(
            TestSan.Email("a@b"), TestSan.Dns("d\0"), TestSan.Uri("u:x"), TestSan.Ip(IPAddress.Loopback), TestSan.Raw(0x88, [0x2A]));

        Assert.Equal("3017" + "8103614062" + "82026400" + "8603753A78" + "87047F000001" + "88012A", Convert.ToHexString(encoded));
    }

    [Fact]
    public void Ip_KeepsTheSixteenOctetsOfAMappedAddress() =>
        Assert.Equal(
            "3012" + "871000000000000000000000FFFF7F000001",
            Convert.ToHexString(TestSan.Encode(TestSan.Ip(IPAddress.Loopback.MapToIPv6()))));

    [Fact]
    public void Encode_NothingIsTheEmptySequence() => Assert.Equal([0x30, 0x00], TestSan.Encode());

    [Fact]
    public void Dns_RefusesWhatIsNotAscii() => Assert.Throws<ArgumentException>(() => TestSan.Dns("bücher.test"));
}

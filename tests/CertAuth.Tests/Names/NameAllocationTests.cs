using CertAuth.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

public sealed class NameAllocationTests
{
    private static readonly byte[] s_presented = Name(
        Rdn(Attribute(Country, Printable, "US"u8.ToArray())), Rdn(Attribute(Organization, "PingCAP Inc.")),
        Rdn(Attribute(Unit, Bmp, Encode(Bmp, "Entwicklung 开发 😀")), Attribute(UserId, Ia5, "17"u8.ToArray())),
        Rdn(Attribute(CommonName, T61, Encode(T61, "José"))), Rdn(Attribute(CommonName, Universal, Encode(Universal, "😀"))));

    [Fact]
    public void MatchesDer_AllocatesNothing_WhenTheNameMatches() =>
        AssertAllocatesNothing("/C=US/O=PingCAP Inc./UID=17+OU=Entwicklung 开发 😀/CN=José/CN=😀", s_presented, true);

    [Fact]
    public void MatchesDer_AllocatesNothing_WhenAMatchIsTooLongToKeep() =>
        AssertAllocatesNothing("/CN=" + new string('a', 5_000), Name(Rdn(Attribute(CommonName, Bmp, Encode(Bmp, new('a', 5_000))))), true);

    [Theory]
    [InlineData("/C=US/O=PingCAP Inc./UID=17+OU=Entwicklung 开发 😀/CN=José/CN=😁")]
    [InlineData("/C=US/O=PingCAP Inc./UID=17+OU=Entwicklung 开发 😀/CN=Jose/CN=😀")]
    [InlineData("/C=US/O=PingCAP Inc./UID=17/OU=Entwicklung 开发 😀/CN=José/CN=😀")]
    [InlineData("/C=US")]
    [InlineData("/C=US/O=PingCAP Inc./UID=17+OU=Entwicklung 开发 😀/CN=José/CN=😀/CN=x")]
    public void MatchesDer_AllocatesNothing_WhenTheNameDiffers(string required) => AssertAllocatesNothing(required, s_presented, false);

    [Fact]
    public void MatchesDer_AllocatesNothing_WhenTheNameIsMalformed() => AssertAllocatesNothing("/C=US", s_presented[..^1], false);

    private static void AssertAllocatesNothing(string required, byte[] presented, bool expected)
    {
        DistinguishedName name = DistinguishedName.Parse(required);
        name.MatchesDer(presented).Should().Be(expected);
        Match(name, presented, 100);

        int matches = 0;
        long allocated = Allocation.Of(() => matches = Match(name, presented, 1_000));

        matches.Should().Be(expected ? 1_000 : 0);
        allocated.Should().Be(0);
    }

    private static int Match(DistinguishedName name, byte[] presented, int times)
    {
        int matches = 0;
        for (int i = 0; i < times; i++)
            matches += name.MatchesDer(presented) ? 1 : 0;
        return matches;
    }
}

using System.Text;
using CertAuth.AuthTokens;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Whole seconds are parsed on a fast path, which must agree with the general path.</summary>
public sealed class NumericDateTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1", 1L)]
    [InlineData("1700000000", 1_700_000_000L)]
    [InlineData("253402300799", 253_402_300_799L)]
    [InlineData("253402300800", null)]
    [InlineData("922337203686", null)]
    [InlineData("1844674407371", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("18446744073709551617", null)]
    [InlineData("340282366920938463463374608", null)]
    [InlineData("-0", null)]
    [InlineData("-1", null)]
    public void TryParse_ReadsWholeSecondsInAnyForm(string number, long? seconds) => Assert.All(["", ".0", "e0", "E+0", "0e-1"], rest =>
    {
        NumericDate.TryParse(Encoding.ASCII.GetBytes(number + rest), out NumericDate date).Should().Be(seconds is not null);
        if (seconds is { } whole)
            date.Should().Be(new NumericDate(whole * TimeSpan.TicksPerSecond, IsTruncated: false));
    });

    [Theory]
    [InlineData("1e5", 1_000_000_000_000, false)]
    [InlineData("1e-7", 1, false)]
    [InlineData("1e-8", 0, true)]
    [InlineData("253402300799.9999999", 2_534_023_007_999_999_999, false)]
    public void TryParse_ReadsFractionsAndExponents(string number, long ticks, bool isTruncated)
    {
        NumericDate.TryParse(Encoding.ASCII.GetBytes(number), out NumericDate date).Should().BeTrue();
        date.Should().Be(new NumericDate(ticks, isTruncated));
    }
}

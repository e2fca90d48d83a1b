using System.Globalization;
using System.Text;
using CertAuth.Der;

namespace CertAuth.Tests.Der;

public sealed class DerScalarTests
{
    [Theory]
    [InlineData("00", true)]
    [InlineData("7F", true)]
    [InlineData("80", true)]
    [InlineData("FF", true)]
    [InlineData("0080", true)]
    [InlineData("FF7F", true)]
    [InlineData("", false)]
    [InlineData("0000", false)]
    [InlineData("007F", false)]
    [InlineData("FFFF", false)]
    [InlineData("FF80", false)]
    public void IsValid_RequiresAMinimalInteger(string hex, bool expected) =>
        DerInteger.IsValid(Convert.FromHexString(hex)).Should().Be(expected);

    [Theory]
    [InlineData("00", 0)]
    [InlineData("7F", 127)]
    [InlineData("0080", 128)]
    [InlineData("00FFFF", 65535)]
    [InlineData("7FFFFFFF", int.MaxValue)]
    public void TryReadSmall_ReadsNumbersUpToInt32(string hex, int expected)
    {
        DerInteger.TryReadSmall(Convert.FromHexString(hex), out int value).Should().BeTrue();
        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FF")]
    [InlineData("0001")]
    [InlineData("0080000000")]
    [InlineData("00FFFFFFFF")]
    [InlineData("0100000000")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    public void TryReadSmall_RejectsOtherNumbers(string hex) =>
        DerInteger.TryReadSmall(Convert.FromHexString(hex), out _).Should().BeFalse();

    [Theory]
    [InlineData("500101000000Z", "1950-01-01T00:00:00Z")]
    [InlineData("991231235959Z", "1999-12-31T23:59:59Z")]
    [InlineData("000229120000Z", "2000-02-29T12:00:00Z")]
    [InlineData("491231235959Z", "2049-12-31T23:59:59Z")]
    [InlineData("20500101000000Z", "2050-01-01T00:00:00Z")]
    [InlineData("99991231235959Z", "9999-12-31T23:59:59Z")]
    [InlineData("00010101000000Z", "0001-01-01T00:00:00Z")]
    [InlineData("20240229000000Z", "2024-02-29T00:00:00Z")]
    public void TryRead_ReadsTimes(string text, string expected)
    {
        DerReader reader = new(CraftedCertificate.Time(text));

        DerTime.TryRead(ref reader, out DateTimeOffset time).Should().BeTrue();
        time.Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
        time.Offset.Should().Be(TimeSpan.Zero);
        reader.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData("200230000000Z")]
    [InlineData("210229000000Z")]
    [InlineData("21000229000000Z")]
    [InlineData("200132000000Z")]
    [InlineData("200100000000Z")]
    [InlineData("201301000000Z")]
    [InlineData("200001000000Z")]
    [InlineData("200101240000Z")]
    [InlineData("200101006000Z")]
    [InlineData("200101000060Z")]
    [InlineData("2001010000Z")]
    [InlineData("200101000000")]
    [InlineData("200101000000z")]
    [InlineData("200101000000+0000")]
    [InlineData("20200101000000.5Z")]
    [InlineData("20200101000000.0Z")]
    [InlineData("202001010000Z")]
    [InlineData("20200101000000")]
    [InlineData("20200101000000+0100")]
    [InlineData("00000101000000Z")]
    [InlineData("20 101000000Z")]
    [InlineData("-10101000000Z")]
    [InlineData("2001010000 0Z")]
    [InlineData("")]
    public void TryRead_RejectsOtherTimes(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        DerReader utc = new(DerBytes.Tlv(0x17, bytes));
        DerReader generalized = new(DerBytes.Tlv(0x18, bytes));
        DerReader other = new(DerBytes.Tlv(0x13, bytes));

        DerTime.TryRead(ref generalized, out _).Should().BeFalse();
        DerTime.TryRead(ref utc, out DateTimeOffset time).Should().BeFalse();
        time.Should().Be(default(DateTimeOffset));
        DerTime.TryRead(ref other, out _).Should().BeFalse();
    }

    [Fact]
    public void TryRead_RejectsATime_WhenItsTypeDoesNotFitTheYear()
    {
        DerReader twoDigits = new(DerBytes.Tlv(0x18, "200101000000Z"u8.ToArray()));
        DerReader fourDigits = new(DerBytes.Tlv(0x17, "20200101000000Z"u8.ToArray()));

        DerTime.TryRead(ref twoDigits, out _).Should().BeFalse();
        DerTime.TryRead(ref fourDigits, out _).Should().BeFalse();
    }
}

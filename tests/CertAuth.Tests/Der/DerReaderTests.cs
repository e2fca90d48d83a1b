using CertAuth.Der;

namespace CertAuth.Tests.Der;

public sealed class DerReaderTests
{
    [Theory]
    [InlineData("0500", 0x05, "")]
    [InlineData("040101", 0x04, "01")]
    [InlineData("A000", 0xA0, "")]
    [InlineData("81020102", 0x81, "0102")]
    [InlineData("0000", 0x00, "")]
    public void TryReadAny_ReadsOneValue(string hex, byte tag, string content)
    {
        DerReader reader = new(Convert.FromHexString(hex));

        reader.TryReadAny(out byte found, out ReadOnlySpan<byte> bytes).Should().BeTrue();
        found.Should().Be(tag);
        Convert.ToHexString(bytes).Should().Be(content);
        reader.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8180")]
    [InlineData(255, "81FF")]
    [InlineData(256, "820100")]
    [InlineData(65535, "82FFFF")]
    [InlineData(65536, "83010000")]
    public void TryReadAny_ReadsMinimalLengths(int length, string encodedLength)
    {
        byte[] encoded = [0x04, .. Convert.FromHexString(encodedLength), .. new byte[length]];
        DerReader whole = new(encoded), cut = new(encoded.AsSpan()[..^1]), longer = new([.. encoded, 0xEE]);

        whole.TryReadAny(out _, out ReadOnlySpan<byte> content).Should().BeTrue();
        content.Length.Should().Be(length);
        whole.IsEmpty.Should().BeTrue();
        cut.TryReadAny(out _, out _).Should().BeFalse();
        longer.TryReadAny(out _, out _).Should().BeTrue();
        longer.Position.Should().Be(encoded.Length);
        longer.IsEmpty.Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("0401")]
    [InlineData("0480")]
    [InlineData("30800000")]
    [InlineData("048100")]
    [InlineData("04810100")]
    [InlineData("04817F")]
    [InlineData("0482008000")]
    [InlineData("048200")]
    [InlineData("0481")]
    [InlineData("0484")]
    [InlineData("04847FFFFFFF")]
    [InlineData("0484FFFFFFFF")]
    [InlineData("0484FFFFFFFF00")]
    [InlineData("04850100000000")]
    [InlineData("04FF")]
    [InlineData("1F0100")]
    [InlineData("3F810100")]
    [InlineData("FF0100")]
    public void TryReadAny_DoesNotMoveThePosition_WhenItFails(string hex)
    {
        DerReader reader = new([0x05, 0x00, .. Convert.FromHexString(hex)]);
        reader.TryReadAny(out _, out _).Should().BeTrue();

        reader.TryReadAny(out byte tag, out ReadOnlySpan<byte> content).Should().BeFalse();
        tag.Should().Be(0);
        content.IsEmpty.Should().BeTrue();
        reader.Position.Should().Be(2);
    }

    [Fact]
    public void TryRead_ChecksTheTag()
    {
        DerReader reader = new([0x02, 0x01, 0x07, 0x05, 0x00]);

        reader.NextTagIs(0x02).Should().BeTrue();
        reader.TryRead(0x05, out _).Should().BeFalse();
        reader.TryReadEncoded(0x05, out ReadOnlySpan<byte> encoded).Should().BeFalse();
        encoded.IsEmpty.Should().BeTrue();
        reader.Position.Should().Be(0);
        reader.TryReadEncoded(0x02, out encoded).Should().BeTrue();
        Convert.ToHexString(encoded).Should().Be("020107");
        reader.TryRead(0x05, out ReadOnlySpan<byte> content).Should().BeTrue();
        content.IsEmpty.Should().BeTrue();
        reader.IsEmpty.Should().BeTrue();
        reader.NextTagIs(0x05).Should().BeFalse();
        reader.TryRead(0x05, out _).Should().BeFalse();
    }

    [Fact]
    public void Locate_ReturnsTheRangeOfAPart()
    {
        byte[] whole = [1, 2, 3, 4];

        DerRange.Locate(whole, whole.AsSpan(1, 2)).Should().Be(new DerRange(1, 2));
        Assert.Equal(new byte[] { 2, 3 }, DerRange.Locate(whole, whole.AsSpan(1, 2)).Slice(whole));
        DerRange.Locate(whole, new byte[2]).Should().Be(default(DerRange));
        default(DerRange).IsEmpty.Should().BeTrue();
    }
}

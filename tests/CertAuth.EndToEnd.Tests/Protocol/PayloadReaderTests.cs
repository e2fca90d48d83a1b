using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Protocol;

public sealed class PayloadReaderTests
{
    [Theory]
    [InlineData(new byte[] { 0 }, 0)]
    [InlineData(new byte[] { 250 }, 250)]
    [InlineData(new byte[] { 0xFC, 0xFB, 0 }, 251)]
    [InlineData(new byte[] { 0xFD, 0, 0, 1 }, 65_536)]
    [InlineData(new byte[] { 0xFE, 1, 0, 0, 0, 0, 0, 0, 0 }, 1)]
    public void ReadLengthEncoded_ReadsEveryForm(byte[] length, int expected)
    {
        PayloadReader reader = new((byte[])[.. length, .. new byte[expected]]);
        reader.ReadLengthEncoded(100_000).Length.Should().Be(expected);
        reader.End().Should().Be(PacketError.None);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFC, 1 })]
    [InlineData(new byte[] { 0xFE, 1, 0, 0, 0, 0, 0, 0 })]
    public void ReadLengthEncoded_ReportsTruncated_WhenBytesOfTheLengthAreMissing(byte[] payload)
    {
        PayloadReader reader = new(payload);
        reader.ReadLengthEncoded(100);
        reader.Error.Should().Be(PacketError.Truncated);
        reader.Rest.Length.Should().Be(payload.Length);
    }

    // NULL and the header of an error are not lengths. A length of 2^64 - 1 must not become negative.
    [Theory]
    [InlineData(new byte[] { 0xFB, 0, 0 }, 8)]
    [InlineData(new byte[] { 0xFF, 0, 0 }, 8)]
    [InlineData(new byte[] { 0xFE, 255, 255, 255, 255, 255, 255, 255, 255 }, 6)]
    [InlineData(new byte[] { 101 }, 6)]
    public void ReadLengthEncoded_FailsAndKeepsThePosition_WhenMalformed(byte[] payload, int expected)
    {
        PayloadReader reader = new(payload);
        reader.ReadLengthEncoded(100);
        reader.Error.Should().Be((PacketError)expected);
        reader.Rest.Length.Should().Be(payload.Length);
    }

    [Fact]
    public void ReadLengthEncoded_KeepsThePosition_WhenBytesAreMissing()
    {
        PayloadReader reader = new(new byte[] { 5, 1, 2 });
        reader.ReadLengthEncoded(100);
        reader.Error.Should().Be(PacketError.Truncated);
        reader.Rest.Length.Should().Be(3);
    }

    [Fact]
    public void ReadText_Fails_WhenNotUtf8()
    {
        PayloadReader reader = new(new byte[] { 0xC0, 0x80, 0 });
        reader.ReadText(10).Should().BeEmpty();
        reader.Error.Should().Be(PacketError.BadText);
        reader.Rest.Length.Should().Be(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    [InlineData(251)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void WriteLengthEncoded_RoundTrips(int length)
    {
        PayloadReader reader = new(new PayloadWriter().WriteLengthEncoded(new byte[length]).ToArray());
        reader.ReadLengthEncoded(int.MaxValue).Length.Should().Be(length);
        reader.End().Should().Be(PacketError.None);
    }

    [Fact]
    public void Reads_ReturnEmptyValuesAndKeepTheError_AfterAFailure()
    {
        PayloadReader reader = new(new byte[] { 0xC0, 0, 1, 2, 3, 4 });
        reader.ReadText(10);

        (reader.ReadByte(), reader.ReadUInt16(), reader.ReadUInt32(), reader.ReadText(10)).Should().Be((0, 0, 0, ""));
        (reader.ReadFixed(1).Length, reader.ReadLengthEncoded(10).Length, reader.Rest.Length).Should().Be((0, 0, 6));
        reader.End().Should().Be(PacketError.BadText);
    }
}

using System.Text;
using CertAuth.Certificates;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Certificates;

/// <summary>The conversion of subject alternative names to text and back.</summary>
public sealed class SanTextTests
{
    [Fact]
    public void ToDerOrNull_RoundTripsTheEntries() => Prop.ForAll(Generators.ForwardedSanItem.NonEmptyListOf().ToArbitrary(), items =>
    {
        byte[] names = TestSan.Encode([.. items.Select(Generators.CreateSan)]);

        byte[]? again = SanText.ToDerOrNull(Encoding.ASCII.GetBytes(SanText.Format(names)));
        return again is not null && again.AsSpan().SequenceEqual(names);
    }).Check(Generators.Times(4000));

    [Fact]
    public void ToDerOrNull_NeverThrowsAndReturnsOnlyWellFormedNames() => Prop.ForAll(
        Gen.Elements(
            "URI:", "DNS:", "IP:", "a", ",", "\\", "\\,", "\\\\", " ", ":", "1", "10.0.0.1", "::", "é", "\n", "\0", "uri:", "dns:")
            .ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))).ToArbitrary(),
        text => SanText.ToDerOrNull(text) is not { } names
            || (SanReader.IsWellFormed(names)
                && (SanText.Format(names) == Encoding.UTF8.GetString(text) || text.AsSpan().IndexOf("IP:"u8) >= 0)))
        .Check(Generators.Times(6000));

    [Fact]
    public void Format_OmitsOtherKindsOfName()
    {
        byte[] names = TestSan.Encode(
            TestSan.Email("a@b"), TestSan.Dns("d"), TestSan.Raw(0x88, [0x2A, 3]), TestSan.Uri("urn:a,b\\c"),
            TestSan.Ip(new([10, 0, 0, 1])));

        SanText.Format(names).Should().Be("DNS:d,URI:urn:a\\,b\\\\c,IP:10.0.0.1");
        SanText.Format(TestSan.Encode(TestSan.Email("a@b"))).Should().Be("");
        SanText.Format([]).Should().Be("");
    }

    [Theory]
    [InlineData("DNS:d", "82 01 64")]
    [InlineData("DNS:d,DNS:d", "82 01 64 82 01 64")]
    [InlineData("DNS:\\,\\\\", "82 02 2C 5C")]
    [InlineData("DNS: d ", "82 03 20 64 20")]
    [InlineData("URI:DNS:d", "86 05 44 4E 53 3A 64")]
    [InlineData("IP:10.0.0.1", "87 04 0A 00 00 01")]
    [InlineData("IP:::1", "87 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01")]
    [InlineData("IP:::ffff:10.0.0.1", "87 10 00 00 00 00 00 00 00 00 00 00 FF FF 0A 00 00 01")]
    [InlineData("", null)]
    [InlineData("DNS:", null)]
    [InlineData("URI:", null)]
    [InlineData("IP:", null)]
    [InlineData(",", null)]
    [InlineData("DNS:d,", null)]
    [InlineData(",DNS:d", null)]
    [InlineData("DNS:d,,DNS:e", null)]
    [InlineData("DNS:d, DNS:e", null)]
    [InlineData(" DNS:d", null)]
    [InlineData("dns:d", null)]
    [InlineData("Dns:d", null)]
    [InlineData("DNS :d", null)]
    [InlineData("IP Address:10.0.0.1", null)]
    [InlineData("email:a@b", null)]
    [InlineData("d", null)]
    [InlineData("DNS:d\\", null)]
    [InlineData("DNS:\\d", null)]
    [InlineData("DNS:\\x64", null)]
    [InlineData("DNS:a\tb", null)]
    [InlineData("DNS:a\0", null)]
    [InlineData("DNS:a\u007F", null)]
    [InlineData("DNS:é", null)]
    [InlineData("IP:10.0.0.1 ", null)]
    [InlineData("IP:010.0.0.1", null)]
    [InlineData("IP:1", null)]
    [InlineData("IP:10.0.0.1\\,", null)]
    [InlineData("IP:fe80::1%1", null)]
    [InlineData("IP:[::1]", null)]
    [InlineData("IP:0000000000000000000000000000000000000000000000000001", null)]
    public void ToDerOrNull_AcceptsOnlyTheExactForm(string text, string? entries)
    {
        byte[]? names = SanText.ToDerOrNull(Encoding.UTF8.GetBytes(text));

        (names is null ? null : Convert.ToHexString(names[2..])).Should().Be(entries?.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("IP:::", 1_000)]
    [InlineData("DNS:d", 3_000)]
    public void ToDerOrNull_ReadsManyShortNames(string entry, int count)
    {
        string text = string.Join(',', Enumerable.Repeat(entry, count));

        SanText.Format(SanText.ToDerOrNull(Encoding.ASCII.GetBytes(text))!).Should().Be(text);
    }
}

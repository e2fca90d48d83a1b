using System.Text;
using CertAuth.Names;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Names;

/// <summary>The conversion of the canonical form to DER. Every other text is rejected.</summary>
public sealed class CanonicalNameReaderTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(4_000).WithQuietOnSuccess(true);

    public static TheoryData<string> Vectors => NameVector.File.IdsWhere(vector => vector.Parses);

    [Fact]
    public void ToDerOrNull_ReturnsAnEqualName() => Prop.ForAll(NameGenerator.Names.ToArbitrary(), encoded =>
    {
        Assert.True(DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out _));
        byte[]? again = CanonicalNameReader.ToDerOrNull(Encoding.UTF8.GetBytes(name.ToString()));
        return again is not null && name.MatchesDer(again)
            && ReferenceName.Read(again)!.OrderedKey == ReferenceName.Read(encoded)!.OrderedKey;
    }).Check(s_config);

    [Fact]
    public void ToDerOrNull_RejectsNonCanonicalText() => Prop.ForAll(
        NameGenerator.Names.Select(encoded => Encoding.UTF8.GetBytes(Format(encoded)!)).SelectMany(NameGenerator.Mutated).ToArbitrary(),
        text => CanonicalNameReader.ToDerOrNull(text) is not { } encoded
            || Encoding.UTF8.GetBytes(Format(encoded)!).AsSpan().SequenceEqual(text))
        .Check(s_config.WithMaxTest(10_000));

    [Theory, MemberData(nameof(Vectors))]
    public void ToDerOrNull_ReadsTheNamesOfVectors(string id)
    {
        byte[] subject = NameVector.File[id].Subject;
        if (Format(subject) is not { } text)
            return;

        byte[]? again = CanonicalNameReader.ToDerOrNull(Encoding.UTF8.GetBytes(text));

        Assert.NotNull(again);
        Assert.True(DistinguishedName.Parse(text).MatchesDer(again));
        Format(again).Should().Be(text);
    }

    //  Text             Why it is not the canonical form
    //  /cn=a            a type in another case
    //  /2.5.4.3=a       a type that has a short name
    //  /CN=a\=b         an escape that is not needed
    //  /O=Foo A/S       a slash that is not escaped
    //  /CN=\x41         a hexadecimal escape that is not needed
    //  /CN=\xc3\x85     hexadecimal digits in lower case
    //  /CN=#0c0161      text in hexadecimal
    [Theory]
    [InlineData("", true)]
    [InlineData("/CN=a", true)]
    [InlineData("/CN=", true)]
    [InlineData("/O=/CN=x", true)]
    [InlineData("/CN=a+OU=b/O=c", true)]
    [InlineData("/1.2.3.4=a", true)]
    [InlineData("/CN=\\/\\+\\\\", true)]
    [InlineData("/CN=\\#05", true)]
    [InlineData("/CN=\\\"a\"", true)]
    [InlineData("/CN=\\x00\\x0A\\xC2\\x85", true)]
    [InlineData("/CN=#0500", true)]
    [InlineData("/CN=é😀", true)]
    [InlineData("/CN= a ", true)]
    [InlineData("CN=a", false)]
    [InlineData("/", false)]
    [InlineData("/CN", false)]
    [InlineData("/=a", false)]
    [InlineData("+CN=a", false)]
    [InlineData("/CN=a/", false)]
    [InlineData("/CN=a+", false)]
    [InlineData("/cn=a", false)]
    [InlineData("/commonName=a", false)]
    [InlineData("/2.5.4.3=a", false)]
    [InlineData("/OID.1.2.3.4=a", false)]
    [InlineData("/1.02.3=a", false)]
    [InlineData("/XX=a", false)]
    [InlineData("/CN=a\\=b", false)]
    [InlineData("/CN=a\\#", false)]
    [InlineData("/CN=a\\\"", false)]
    [InlineData("/CN=a\\,b", false)]
    [InlineData("/CN=a\\ ", false)]
    [InlineData("/CN=a\\", false)]
    [InlineData("/O=Foo A/S", false)]
    [InlineData("/CN=C++", false)]
    [InlineData("/CN=\\x41", false)]
    [InlineData("/CN=\\0A", false)]
    [InlineData("/CN=\\xc2\\x85", false)]
    [InlineData("/CN=\\xC3\\xA9", false)]
    [InlineData("/CN=\\xFF", false)]
    [InlineData("/CN=\\x0", false)]
    [InlineData("/CN=\n", false)]
    [InlineData("/CN=\u0085", false)]
    [InlineData("/CN=\"a", false)]
    [InlineData("/CN=#", false)]
    [InlineData("/CN=#05", false)]
    [InlineData("/CN=#050", false)]
    [InlineData("/CN=#05000500", false)]
    [InlineData("/CN=#0c0161", false)]
    [InlineData("/CN=#0C0161", false)]
    [InlineData("/CN=#0500\\/", false)]
    [InlineData("/CN=a\0", false)]
    [InlineData("/CÑ=a", false)]
    public void ToDerOrNull_AcceptsOnlyTheCanonicalForm(string text, bool isCanonical) =>
        (CanonicalNameReader.ToDerOrNull(Encoding.UTF8.GetBytes(text)) is not null).Should().Be(isCanonical);

    [Fact]
    public void ToDerOrNull_RejectsInvalidUtf8() => CanonicalNameReader.ToDerOrNull([.. "/CN="u8, 0xC3]).Should().BeNull();

    [Theory]
    [InlineData("/C=", 5_000)]
    [InlineData("/DC=", 4_000)]
    [InlineData("/CN=#0500", 1_800)]
    [InlineData("/CN=\\x00", 2_000)]
    [InlineData("/CN=😀", 2_000)]
    public void ToDerOrNull_ReadsManyShortValues(string piece, int count)
    {
        string text = new StringBuilder().Insert(0, piece, count).ToString();

        byte[]? encoded = CanonicalNameReader.ToDerOrNull(Encoding.UTF8.GetBytes(text));

        Format(encoded!).Should().Be(text);
    }

    private static string? Format(byte[] encoded) =>
        DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? text, out _) ? text : null;
}

using System.Collections.Concurrent;
using System.Text;
using CertAuth.Names;
using FsCheck;
using FsCheck.Fluent;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

public sealed class NamePropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    [Fact]
    public void ToString_ParsesBackToAnEqualName() => Prop.ForAll(NameGenerator.Names.ToArbitrary(), encoded =>
        DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out _)
        && DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? text, out _)
        && text == name.ToString()
        && DistinguishedName.TryParse(text, out DistinguishedName? again, out _)
        && again.Equals(name) && again.GetHashCode() == name.GetHashCode() && again.ToString() == text
        && ReferenceName.From(again).OrderedKey == ReferenceName.Read(encoded)!.OrderedKey
        && again.MatchesDer(encoded) && again.ExplainDifference(name) is null).Check(s_config);

    [Fact]
    public void ToString_DistinguishesDifferentNames()
    {
        ConcurrentDictionary<string, string> printed = new();
        int repeated = 0;

        Prop.ForAll(NameGenerator.ShortNames.ToArbitrary(), encoded =>
        {
            string key = ReferenceName.Read(encoded)!.OrderedKey;
            Assert.True(DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? text, out _));
            repeated += printed.ContainsKey(text) ? 1 : 0;
            return printed.GetOrAdd(text, key) == key;
        }).Check(s_config.WithMaxTest(20_000));

        printed.Values.Distinct().Count().Should().Be(printed.Count);
        repeated.Should().BeGreaterThan(100, "otherwise the generator repeats too few names for the test to be meaningful");
    }

    [Fact]
    public void MatchesDer_AgreesWithTheReferenceReader()
    {
        int matches = 0, rejections = 0;

        Prop.ForAll(NameGenerator.Pairs.ToArbitrary(), pair =>
        {
            bool expected = ReferenceName.Read(pair.Required)!.Key == ReferenceName.Read(pair.Presented)?.Key;
            _ = DistinguishedName.TryParseDer(pair.Required, out DistinguishedName? required, out _);
            bool read = DistinguishedName.TryParseDer(pair.Presented, out DistinguishedName? presented, out _);
            _ = expected ? matches++ : rejections++;
            return required!.MatchesDer(pair.Presented) == expected
                && DistinguishedName.Parse(required.ToString()).MatchesDer(pair.Presented) == expected
                && required.Equals(presented) == expected
                && (!read || (required.ExplainDifference(presented!) is null) == expected);
        }).Check(s_config.WithMaxTest(6_000));

        matches.Should().BeGreaterThan(500, "otherwise the test is not meaningful");
        rejections.Should().BeGreaterThan(500, "otherwise the test is not meaningful");
    }

    // RDNs of a name, in its order or in another, are required of the name itself or of one with changed bytes.
    [Fact]
    public void IsContainedInDer_AgreesWithTheReference()
    {
        int met = 0, notMet = 0, malformed = 0;

        Prop.ForAll((
            from name in NameGenerator.Names.Where(name => ReferenceName.Read(name)!.Rdns.Count > 0)
            from presented in Gen.Frequency((2, Gen.Constant(name)), (3, NameGenerator.Mutated(name)), (1, NameGenerator.Names))
            from bits in Gen.Choose(1, 31)
            from isReversed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            select (name, presented, bits, isReversed)).ToArbitrary(), c =>
            {
                DistinguishedName name = DistinguishedName.ParseDer(c.name);
                string[] rdns = [.. name.Rdns.Where((_, i) => i == 0 || (c.bits & (1 << i)) != 0).Select(rdn => $"/{rdn}")];
                DistinguishedName required = DistinguishedName.Parse(string.Concat(c.isReversed ? rdns.Reverse() : rdns));
                ReferenceName? presented = ReferenceName.Read(c.presented);
                bool expected = presented is not null && IsSubsequence(ReferenceName.From(required), presented);
                _ = expected ? met++ : presented is null ? malformed++ : notMet++;
                return required.IsContainedInDer(c.presented) == expected && (presented is null
                    || (required.ExplainMissing(DistinguishedName.ParseDer(c.presented)) is null) == expected);
            }).Check(s_config.WithMaxTest(6_000));

        new[] { met, notMet, malformed }.Should().OnlyContain(count => count > 500);

        // Each required RDN is removed from the front of the name, with the others before it.
        static bool IsSubsequence(ReferenceName required, ReferenceName presented)
        {
            string[] rest = Keys(presented);
            foreach (string key in Keys(required))
            {
                int at = Array.IndexOf(rest, key);
                if (at < 0)
                    return false;
                rest = rest[(at + 1)..];
            }

            return true;
        }

        static string[] Keys(ReferenceName name) => [.. name.Rdns.Select(rdn => new ReferenceName([rdn]).Key)];
    }

    [Fact]
    public void TryParseDer_AgreesWithTheReferenceReader() => Prop.ForAll(
        NameGenerator.Names.SelectMany(NameGenerator.Mutated).ToArbitrary(),
        encoded => AgreesWithReference(encoded)).Check(s_config.WithMaxTest(6_000));

    [Fact]
    public void TryParseDer_AgreesWithTheReferenceReaderOnRandomBytes() => Prop.ForAll(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary(),
        bytes => AgreesWithReference(bytes) && AgreesWithReference(Tlv(0x30, Tlv(0x31, Sequence(Oid(CommonName), bytes))))).Check(s_config);

    [Fact]
    public void TryParse_NeverThrowsAndExplainsEachError() => Prop.ForAll(
        Gen.Elements(
            "/", "CN", "=", "a", "+", "\\", "x", "C3", "A9", "#", "05", "00", " ", "\"", "O", "1.2", ".", "OID.", "Uid", "é", "\uD83D",
            "\uDE00", "\n")
            .ArrayOf().Select(string.Concat).ToArbitrary(),
        tail =>
        {
            string text = "/CN=" + tail;
            bool parsed = DistinguishedName.TryParse(text, out DistinguishedName? name, out NameError error);
            return parsed == (error.Kind == NameErrorKind.None) && error.Index >= 0 && error.Index <= text.Length
                && error.ToString().Length > 0
                && (!parsed || DistinguishedName.Parse(name!.ToString()).Equals(name));
        }).Check(s_config.WithMaxTest(10_000));

    [Theory]
    [InlineData(Utf8, 1)]
    [InlineData(T61, 1)]
    [InlineData(Ia5, 1)]
    [InlineData(Bmp, 2)]
    [InlineData(Universal, 4)]
    public void TryParseDer_ReadsALongValue(byte tag, int bytesPerCharacter)
    {
        string text = new StringBuilder().Insert(0, "/CN=a+\\\n", 13 * 1024 / bytesPerCharacter).ToString();
        byte[] encoded = Name(Rdn(Attribute(CommonName, tag, Encode(tag, text))));

        Assert.True(DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out _));
        name.Rdns[0].Attributes[0].Value.Should().Be(text);
        DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? canonical, out _).Should().BeTrue();
        Assert.True(DistinguishedName.TryParse(canonical, out DistinguishedName? again, out NameError error), error.ToString());
        again.Should().Be(name);
        again.MatchesDer(encoded).Should().BeTrue();
        encoded[^1] ^= 1;
        again.MatchesDer(encoded).Should().BeFalse();
    }

    [Fact]
    public void TryParseDer_ReadsManyRdns()
    {
        byte[] encoded = Name([.. Enumerable.Range(0, 1500).Select(i => (Unit, $"unit/{i}"))]);

        Assert.True(DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out _));
        name.Rdns.Length.Should().Be(1500);
        DistinguishedName.Parse(name.ToString()).Should().Be(name);
        name.MatchesDer(encoded).Should().BeTrue();
        name.MatchesDer(Name([.. Enumerable.Range(0, 1500).Select(i => (Unit, $"unit/{Math.Max(i, 1)}"))])).Should().BeFalse();
    }

    [Fact]
    public void TryParseDer_LimitsAttributesAndOidLength()
    {
        byte[] Full(int count) => Name(Rdn([.. Enumerable.Repeat(Attribute(CommonName, "a"), count)]));
        byte[] Oid(int bytes) => Name(Rdn(Sequence(Tlv(6, [0x2A, .. Enumerable.Repeat((byte)0xFF, bytes - 2), 0x7F]), Tlv(Utf8))));

        Assert.True(DistinguishedName.TryParseDer(Full(64), out DistinguishedName? full, out _));
        full.MatchesDer(Full(64)).Should().BeTrue();
        full.MatchesDer(Full(63)).Should().BeFalse();
        full.MatchesDer(Full(65)).Should().BeFalse();
        DistinguishedName.TryParseDer(Full(65), out _, out NameError error).Should().BeFalse();
        error.Kind.Should().Be(NameErrorKind.TooLarge);
        Assert.True(DistinguishedName.TryParseDer(Oid(256), out DistinguishedName? name, out _));
        DistinguishedName.Parse(name.ToString()).Should().Be(name);
        DistinguishedName.TryParseDer(Oid(257), out _, out error).Should().BeFalse();
        error.Kind.Should().Be(NameErrorKind.BadObjectIdentifier);
    }

    private static bool AgreesWithReference(byte[] encoded)
    {
        ReferenceName? expected = ReferenceName.Read(encoded);
        bool read = DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out NameError error);
        bool canonical = DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? text, out _);
        bool tidb = DistinguishedName.TryFormatDer(encoded, NameFormat.Tidb, out _, out _);
        bool openSsl = DistinguishedName.TryFormatDer(encoded, NameFormat.OpenSsl3, out _, out _);
        bool agrees = expected is null
            ? !read && error.Kind != NameErrorKind.None && !tidb && !DistinguishedName.Parse("/CN=a").MatchesDer(encoded)
            : read && tidb && openSsl && text == name!.ToString()
                && ReferenceName.From(name).OrderedKey == expected.OrderedKey && name.MatchesDer(encoded);
        return agrees && canonical == read;
    }
}

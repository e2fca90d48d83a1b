using CertAuth.Certificates;
using static CertAuth.Tests.Support.CraftedCertificate;
using static CertAuth.Tests.Support.DerBytes;
using CraftedCertificate = CertAuth.Tests.Support.CraftedCertificate;

namespace CertAuth.Tests.Certificates;

/// <summary>Certificates that comply with each rule of RFC 5280, 4.1 and of DER, and certificates that violate it.</summary>
public sealed class CertificateStrictnessTests
{
    private static readonly CraftedCertificate s_good = new();
    private static readonly byte[] s_unknown = Extension("1.2.3.4", [5, 0]);

    private static Dictionary<string, (byte[] Der, CertificateErrorKind Kind)> Rejections { get; } = new()
    {
        ["empty data"] = ([], CertificateErrorKind.NotDer),
        ["trailing byte"] = ([.. s_good.Encode(), 0], CertificateErrorKind.NotDer),
        ["trailing certificate"] = ([.. s_good.Encode(), .. s_good.Encode()], CertificateErrorKind.NotDer),
        ["a value after the signature"] = ((s_good with { TrailingBytes = Tlv(5) }).Encode(), CertificateErrorKind.NotDer),
        ["truncated"] = (s_good.Encode()[..^1], CertificateErrorKind.NotDer),
        ["SET for SEQUENCE"] = ([0x31, .. s_good.Encode()[1..]], CertificateErrorKind.NotDer),
        ["outer length not minimal"] = (LongLength(s_good.Encode()), CertificateErrorKind.NotDer),
        ["outer length indefinite"] = ([0x30, 0x80, .. s_good.Encode()[4..], 0, 0], CertificateErrorKind.NotDer),
        ["length of the signed part not minimal"] =
            (Sequence(LongLength(s_good.Tbs), s_good.Algorithm, s_good.Signature), CertificateErrorKind.NotDer),
        ["length of the issuer not minimal"] =
            ((s_good with { Issuer = [0x30, 0x81, .. s_good.Issuer[1..]] }).Encode(), CertificateErrorKind.NotDer),
        ["length of the subject not minimal"] =
            ((s_good with { Subject = [0x30, 0x81, .. s_good.Subject[1..]] }).Encode(), CertificateErrorKind.NotDer),
        ["serial not minimal"] = ((s_good with { Serial = Tlv(2, [0, 1]) }).Encode(), CertificateErrorKind.NotDer),
        ["serial empty"] = ((s_good with { Serial = Tlv(2) }).Encode(), CertificateErrorKind.NotDer),
        ["signature with unused bits"] = ((s_good with { Signature = Tlv(3, [1, 0xFE]) }).Encode(), CertificateErrorKind.NotDer),
        ["signature without bits"] = ((s_good with { Signature = Tlv(3, [0]) }).Encode(), CertificateErrorKind.NotDer),
        ["signature as an OCTET STRING"] = ((s_good with { Signature = Tlv(4, [0, 1]) }).Encode(), CertificateErrorKind.NotDer),
        ["explicit version 1"] =
            ((s_good with { Version = Tlv(0xA0, Tlv(2, [0])), Extensions = null }).Encode(), CertificateErrorKind.BadVersion),
        ["version 4"] = ((s_good with { Version = Tlv(0xA0, Tlv(2, [3])) }).Encode(), CertificateErrorKind.BadVersion),
        ["version -1"] = ((s_good with { Version = Tlv(0xA0, Tlv(2, [0xFF])) }).Encode(), CertificateErrorKind.BadVersion),
        ["version not minimal"] = ((s_good with { Version = Tlv(0xA0, Tlv(2, [0, 2])) }).Encode(), CertificateErrorKind.BadVersion),
        ["version with trailing bytes"] =
            ((s_good with { Version = Tlv(0xA0, Tlv(2, [2]), Tlv(5)) }).Encode(), CertificateErrorKind.BadVersion),
        ["version 1 with extensions"] = ((s_good with { Version = [] }).Encode(), CertificateErrorKind.BadVersion),
        ["version 2 with extensions"] = ((s_good with { Version = Tlv(0xA0, Tlv(2, [1])) }).Encode(), CertificateErrorKind.BadVersion),
        ["version 1 with a unique id"] =
            ((s_good with { Version = [], Extensions = null, UniqueIds = Tlv(0x81, [0, 1]) }).Encode(), CertificateErrorKind.BadVersion),
        ["unique ids in the wrong order"] =
            ((s_good with { UniqueIds = [.. Tlv(0x82, [0, 1]), .. Tlv(0x81, [0, 1])] }).Encode(), CertificateErrorKind.NotDer),
        ["different algorithms"] =
            ((s_good with { Algorithm = Sequence(Oid("1.2.840.113549.1.1.12"), Tlv(5)) }).Encode(), CertificateErrorKind.AlgorithmMismatch),
        ["different algorithm parameters"] =
            ((s_good with { Algorithm = Sequence(Oid("1.2.840.113549.1.1.11")) }).Encode(), CertificateErrorKind.AlgorithmMismatch),
        ["empty list of extensions"] = ((s_good with { Extensions = [] }).Encode(), CertificateErrorKind.NotDer),
        ["critical encoded as FALSE"] =
            ((s_good with { Extensions = [Extension("1.2.3.4", [5, 0], Tlv(1, [0]))] }).Encode(), CertificateErrorKind.NotDer),
        ["critical encoded as 01"] =
            ((s_good with { Extensions = [Extension("1.2.3.4", [5, 0], Tlv(1, [1]))] }).Encode(), CertificateErrorKind.NotDer),
        ["critical with two bytes"] =
            ((s_good with { Extensions = [Extension("1.2.3.4", [5, 0], Tlv(1, [0xFF, 0xFF]))] }).Encode(), CertificateErrorKind.NotDer),
        ["extension without a value"] = ((s_good with { Extensions = [Sequence(Oid("1.2.3.4"))] }).Encode(), CertificateErrorKind.NotDer),
        ["extension with trailing bytes"] =
            ((s_good with { Extensions = [Sequence(Oid("1.2.3.4"), Tlv(4), Tlv(5))] }).Encode(), CertificateErrorKind.NotDer),
        ["extension with a malformed OID"] =
            ((s_good with { Extensions = [Sequence(Tlv(6, [0x2A, 0x80]), Tlv(4))] }).Encode(), CertificateErrorKind.NotDer),
        ["129 extensions"] = ((s_good with { Extensions = CreateExtensions(129) }).Encode(), CertificateErrorKind.TooLarge),
        ["128 KiB and one byte"] = (CreateWithLength(128 * 1024 + 1), CertificateErrorKind.TooLarge),
        ["key usage without a count of unused bits"] = (WithExtension("2.5.29.15", Tlv(3)), CertificateErrorKind.BadExtension),
        ["key usage with only unused bits"] = (WithExtension("2.5.29.15", Tlv(3, [5])), CertificateErrorKind.BadExtension),
        ["key usage with eight unused bits"] = (WithExtension("2.5.29.15", Tlv(3, [8, 0x80])), CertificateErrorKind.BadExtension),
        ["key usage with trailing bytes"] = (WithExtension("2.5.29.15", [.. Tlv(3, [7, 0x80]), 0]), CertificateErrorKind.BadExtension),
        ["basic constraints with FALSE"] = (WithExtension("2.5.29.19", Sequence(Tlv(1, [0]))), CertificateErrorKind.BadExtension),
        ["basic constraints with 01"] = (WithExtension("2.5.29.19", Sequence(Tlv(1, [1]))), CertificateErrorKind.BadExtension),
        ["negative path length"] =
            (WithExtension("2.5.29.19", Sequence(Tlv(1, [0xFF]), Tlv(2, [0xFF]))), CertificateErrorKind.BadExtension),
        ["huge path length"] =
            (WithExtension("2.5.29.19", Sequence(Tlv(1, [0xFF]), Tlv(2, [0x7F, 0, 0, 0, 0]))), CertificateErrorKind.BadExtension),
        ["basic constraints with an additional field"] =
            (WithExtension("2.5.29.19", Sequence(Tlv(1, [0xFF]), Tlv(5))), CertificateErrorKind.BadExtension),
        ["empty extended key usage"] = (WithExtension("2.5.29.37", Sequence()), CertificateErrorKind.BadExtension),
        ["extended key usage of another type"] = (WithExtension("2.5.29.37", Sequence(Tlv(5))), CertificateErrorKind.BadExtension),
        ["extended key usage with a malformed OID"] =
            (WithExtension("2.5.29.37", Sequence(Tlv(6, [0x2A, 0x80]))), CertificateErrorKind.BadExtension),
        ["subject key identifier as a SEQUENCE"] = (WithExtension("2.5.29.14", Sequence()), CertificateErrorKind.BadExtension),
        ["authority key identifier with an additional field"] =
            (WithExtension("2.5.29.35", Sequence(Tlv(0x84, [1]))), CertificateErrorKind.BadExtension),
    };

    public static TheoryData<string> RejectionIds => [.. Rejections.Keys];

    private static Dictionary<string, byte[]> Acceptances { get; } = new()
    {
        ["version 3"] = s_good.Encode(),
        ["version 3 without extensions"] = (s_good with { Extensions = null }).Encode(),
        ["version 2 with unique ids"] = (s_good with
        {
            Version = Tlv(0xA0, Tlv(2, [1])),
            Extensions = null,
            UniqueIds = [.. Tlv(0x81, [0, 1]), .. Tlv(0x82, [0, 1])],
        }).Encode(),
        ["version 1"] = (s_good with { Version = [], Extensions = null }).Encode(),
        ["critical TRUE"] = (s_good with { Extensions = [Extension("1.2.3.4", [5, 0], Tlv(1, [0xFF]))] }).Encode(),
        ["128 extensions"] = (s_good with { Extensions = CreateExtensions(128) }).Encode(),
        ["128 KiB"] = CreateWithLength(128 * 1024),
        ["key usage"] = WithExtension("2.5.29.15", Tlv(3, [7, 0x80])),
        ["empty basic constraints"] = WithExtension("2.5.29.19", Sequence()),
        ["path length"] = WithExtension("2.5.29.19", Sequence(Tlv(1, [0xFF]), Tlv(2, [3]))),
        ["extended key usage"] = WithExtension("2.5.29.37", Sequence(Oid("1.3.6.1.5.5.7.3.2"))),
        ["serial number of 0"] = (s_good with { Serial = Tlv(2, [0]) }).Encode(),
    };

    public static TheoryData<string> AcceptanceIds => [.. Acceptances.Keys];

    [Theory, MemberData(nameof(RejectionIds))]
    public void TryParse_RejectsTheCertificate_WhenItViolatesARule(string id)
    {
        (byte[] der, CertificateErrorKind kind) = Rejections[id];

        ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error).Should().BeFalse();
        certificate.Should().BeNull();
        error.Kind.Should().Be(kind);
        error.Index.Should().BeInRange(0, der.Length);
    }

    [Theory, MemberData(nameof(AcceptanceIds))]
    public void TryParse_AcceptsTheCertificate_WhenItsFormIsValid(string id)
    {
        bool read = ParsedCertificate.TryParse(Acceptances[id], out ParsedCertificate? certificate, out CertificateError error);

        read.Should().BeTrue(error.ToString());
        certificate!.Der.ToArray().Should().Equal(Acceptances[id]);
    }

    [Theory]
    [InlineData("200230000000Z")]
    [InlineData("200132000000Z")]
    [InlineData("20200101000000.5Z")]
    [InlineData("2001010000Z")]
    [InlineData("200101000000+0000")]
    [InlineData("20200101000000")]
    [InlineData("200101000000")]
    public void TryParse_RejectsMalformedTimes(string text)
    {
        byte[] first = (s_good with { NotBefore = Time(text) }).Encode(), second = (s_good with { NotAfter = Time(text) }).Encode();

        ParsedCertificate.TryParse(first, out _, out CertificateError before).Should().BeFalse();
        ParsedCertificate.TryParse(second, out _, out CertificateError after).Should().BeFalse();
        before.Kind.Should().Be(CertificateErrorKind.BadTime);
        after.Kind.Should().Be(CertificateErrorKind.BadTime);
    }

    [Fact]
    public void TryParse_RejectsAThirdTime()
    {
        byte[] der = (s_good with { NotAfter = [.. s_good.NotAfter, .. s_good.NotAfter] }).Encode();

        ParsedCertificate.TryParse(der, out _, out CertificateError error).Should().BeFalse();
        error.Kind.Should().Be(CertificateErrorKind.BadTime);
    }

    [Fact]
    public void TryParse_ReportsTheFirstRepeatedAndTheFirstUnknownCriticalExtension()
    {
        byte[] critical = Extension("1.2.3.5", [5, 0], Tlv(1, [0xFF]));

        byte[] distinct = (s_good with { Extensions = [s_unknown, critical] }).Encode();
        byte[] repeated = (s_good with { Extensions = [s_unknown, critical, critical, s_unknown] }).Encode();

        Assert.True(ParsedCertificate.TryParse(distinct, out ParsedCertificate? one, out _));
        one.Fields.Extensions.Repeated.IsEmpty.Should().BeTrue();
        Convert.ToHexString(one.Fields.Extensions.UnknownCritical.Slice(one.Der.Span)).Should().Be("2A0305");
        Assert.True(ParsedCertificate.TryParse(repeated, out ParsedCertificate? two, out _));
        Convert.ToHexString(two.Fields.Extensions.Repeated.Slice(two.Der.Span)).Should().Be("2A0305");
    }

    [Theory]
    [InlineData("2.5.29.14", "04020102", false)]
    [InlineData("2.5.29.15", "03020780", false)]
    [InlineData("2.5.29.17", "300482026162", false)]
    [InlineData("2.5.29.19", "3000", false)]
    [InlineData("2.5.29.30", "3000", false)]
    [InlineData("2.5.29.32", "3000", false)]
    [InlineData("2.5.29.35", "3000", false)]
    [InlineData("2.5.29.36", "3000", true)]
    [InlineData("2.5.29.37", "300A06082B06010505070302", false)]
    [InlineData("2.5.29.54", "020100", true)]
    [InlineData("2.5.29.17.1", "0500", true)]
    public void TryParse_FindsTheRepeatedAndTheUnknownCriticalExtension(string oid, string value, bool isUnknown)
    {
        byte[] bytes = Convert.FromHexString(value);
        byte[] plain = Extension(oid, bytes), critical = Extension(oid, bytes, Tlv(1, [0xFF]));
        string content = Convert.ToHexString(Oid(oid).AsSpan(2));

        ExtensionFields one = Read(s_unknown, plain), two = Read(critical, s_unknown, plain);

        one.Repeated.IsEmpty.Should().BeTrue();
        one.UnknownCritical.IsEmpty.Should().BeTrue();
        two.Repeated.Length.Should().Be(content.Length / 2);
        two.UnknownCritical.Length.Should().Be(isUnknown ? content.Length / 2 : 0);

        ExtensionFields Read(params byte[][] extensions)
        {
            byte[] der = (s_good with { Extensions = extensions }).Encode();
            Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error), error.ToString());
            ExtensionFields fields = certificate.Fields.Extensions;
            Assert.All(
                [fields.Repeated, fields.UnknownCritical],
                range => (range.IsEmpty || Convert.ToHexString(range.Slice(der)) == content).Should().BeTrue());
            return fields;
        }
    }

    // The shortest possible extension, once and the maximum number of times.
    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void TryParse_ReadsExtensionsOfSevenBytes(int count)
    {
        byte[][] extensions = [.. Enumerable.Range(0, count).Select(i => Sequence(Tlv(6, [(byte)i]), Tlv(4)))];
        byte[] der = (s_good with { Extensions = extensions }).Encode();

        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error), error.ToString());
        certificate.Fields.Extensions.Repeated.IsEmpty.Should().BeTrue();
    }

    private static byte[] WithExtension(string oid, byte[] value) => (s_good with { Extensions = [Extension(oid, value)] }).Encode();

    private static byte[][] CreateExtensions(int count) => [.. Enumerable.Range(1, count).Select(i => Extension($"1.2.3.{i}", [5, 0]))];

    // A length with one leading zero byte.
    private static byte[] LongLength(byte[] encoded) => [encoded[0], 0x83, 0, .. encoded[2..]];

    private static byte[] CreateWithLength(int length)
    {
        byte[] Pad(int bytes) => (s_good with { Extensions = [Extension("1.2.3.4", new byte[bytes])] }).Encode();
        byte[] padded = Pad(length - (Pad(100_000).Length - 100_000));
        padded.Length.Should().Be(length);
        return padded;
    }
}

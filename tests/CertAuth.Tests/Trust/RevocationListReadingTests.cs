using System.Text;
using CertAuth.Trust;
using static CertAuth.Tests.Support.CraftedCertificate;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>Revocation lists are read, or rejected with a reason. A bundle with a rejected list cannot be loaded.</summary>
public sealed class RevocationListReadingTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly CraftedRevocationList s_good = new() { Entries = [CraftedRevocationList.Entry(new byte[] { 5 })] };
    private static readonly byte[] s_unknown = Extension("1.2.3.4", [5, 0], Tlv(1, [0xFF]));

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    private static Dictionary<string, (CraftedRevocationList List, RevocationListErrorKind Error)> Cases { get; } = new()
    {
        ["valid"] = (s_good, RevocationListErrorKind.None),
        ["no entries"] = (s_good with { Entries = [] }, RevocationListErrorKind.None),
        ["version 1 with its number"] = (s_good with { Version = Tlv(2, [0]) }, RevocationListErrorKind.NotDer),
        ["no version"] = (s_good with { Version = [] }, RevocationListErrorKind.NotDer),
        ["version 3"] = (s_good with { Version = Tlv(2, [2]) }, RevocationListErrorKind.NotDer),
        ["two algorithms"] = (s_good with { SignedAlgorithm = RsaSha256 }, RevocationListErrorKind.NotDer),
        ["no nextUpdate"] = (s_good with { NextUpdate = null }, RevocationListErrorKind.NoNextUpdate),
        ["no extensions"] = (s_good with { Extensions = null }, RevocationListErrorKind.BadCrlNumber),
        ["empty extensions"] = (s_good with { Extensions = [] }, RevocationListErrorKind.BadCrlNumber),
        ["no number"] = (s_good with { Extensions = [Extension("2.5.29.35", Sequence())] }, RevocationListErrorKind.BadCrlNumber),
        ["critical number"] = (With(Extension("2.5.29.20", Tlv(2, [1]), Tlv(1, [0xFF]))), RevocationListErrorKind.BadCrlNumber),
        ["negative number"] = (With(CraftedRevocationList.CrlNumber(0x80)), RevocationListErrorKind.BadCrlNumber),
        ["padded number"] = (With(CraftedRevocationList.CrlNumber(0, 1)), RevocationListErrorKind.BadCrlNumber),
        ["number of another type"] = (With(Extension("2.5.29.20", Tlv(4, [1]))), RevocationListErrorKind.BadCrlNumber),
        ["trailing data after the number"] = (With(Extension("2.5.29.20", [2, 1, 1, 0])), RevocationListErrorKind.BadCrlNumber),
        ["number of 20 bytes"] = (With(CraftedRevocationList.CrlNumber([.. Enumerable.Repeat((byte)0x7F, 20)])),
            RevocationListErrorKind.None),
        ["repeated number"] = (With(CraftedRevocationList.CrlNumber(), CraftedRevocationList.CrlNumber()),
            RevocationListErrorKind.Repeated),
        ["delta"] = (And(Extension("2.5.29.27", Tlv(2, [1]), Tlv(1, [0xFF]))), RevocationListErrorKind.Delta),
        ["delta that is not critical"] = (And(Extension("2.5.29.27", Tlv(2, [1]))), RevocationListErrorKind.Delta),
        ["issuing distribution point"] = (And(Extension("2.5.29.28", Sequence(Tlv(0x84, [0xFF])), Tlv(1, [0xFF]))),
            RevocationListErrorKind.Indirect),
        ["distribution point, not critical"] = (And(Extension("2.5.29.28", Sequence())), RevocationListErrorKind.Indirect),
        ["unknown critical extension"] = (And(s_unknown), RevocationListErrorKind.UnknownCriticalExtension),
        ["unknown extension"] = (And(Extension("1.2.3.4", [5, 0])), RevocationListErrorKind.None),
        ["authority key identifier"] = (And(Extension("2.5.29.35", Sequence(Tlv(0x80, [1])))), RevocationListErrorKind.None),
        ["repeated extension"] = (And(Extension("1.2.3.4", [5, 0]), Extension("1.2.3.4", [5, 0])), RevocationListErrorKind.Repeated),
        ["33 extensions"] = (And([.. Enumerable.Range(1, 32).Select(i => Extension($"1.2.3.{i}", [5, 0]))]),
            RevocationListErrorKind.NotDer),
        ["entry on hold"] = (Entry(Extension("2.5.29.21", Tlv(0x0A, [6]))), RevocationListErrorKind.None),
        ["entry with an invalidity date"] = (Entry(Extension("2.5.29.24", Tlv(0x18, Encode(Ia5, "20300101000000Z")))),
            RevocationListErrorKind.None),
        ["entry of another issuer"] = (Entry(Extension("2.5.29.29", Sequence(), Tlv(1, [0xFF]))), RevocationListErrorKind.Indirect),
        ["unknown critical extension of an entry"] = (Entry(s_unknown), RevocationListErrorKind.UnknownCriticalExtension),
        ["unknown extension of an entry"] = (Entry(Extension("1.2.3.4", [5, 0])), RevocationListErrorKind.None),
        ["repeated extension of an entry"] = (Entry(Extension("1.2.3.4", [5]), Extension("1.2.3.4", [5])),
            RevocationListErrorKind.Repeated),
        ["repeated serial"] = (Serials([5], [6], [5]), RevocationListErrorKind.Repeated),
        ["negative serial"] = (Serials([0x80]), RevocationListErrorKind.None),
        ["serial 0"] = (Serials([0]), RevocationListErrorKind.None),
        ["serial of 21 bytes"] = (Serials([.. Enumerable.Repeat((byte)1, 21)]), RevocationListErrorKind.None),
        ["padded serial"] = (Serials([0, 5]), RevocationListErrorKind.NotDer),
        ["empty serial"] = (Serials([[]]), RevocationListErrorKind.NotDer),
        ["entry without a date"] = (s_good with { Entries = [Sequence(Tlv(2, [5]))] }, RevocationListErrorKind.NotDer),
        ["entry with trailing data"] = (s_good with { Entries = [Sequence(Tlv(2, [5]), Time("300101000000Z"), Tlv(2, [5]))] },
            RevocationListErrorKind.NotDer),
        ["entry of another type"] = (s_good with { Entries = [Tlv(2, [5])] }, RevocationListErrorKind.NotDer),
        ["trailing data in the list"] = (s_good with { TrailingBytes = [5, 0] }, RevocationListErrorKind.NotDer),
        ["trailing data instead of extensions"] =
            (s_good with { Extensions = null, TrailingBytes = [5, 0] }, RevocationListErrorKind.NotDer),
    };

    [Theory, MemberData(nameof(CaseNames))]
    public void TryRead_ReportsTheError(string name)
    {
        (CraftedRevocationList list, RevocationListErrorKind expected) = Cases[name];

        bool read = RevocationListReader.TryRead(list.Sign(s_ca), out RevocationList? result, out RevocationListErrorKind error);

        error.Should().Be(expected);
        read.Should().Be(expected == RevocationListErrorKind.None);
        (result is not null).Should().Be(read);
    }

    [Fact]
    public void TryRead_RejectsEveryPrefixAndATrailingByte()
    {
        byte[] der = s_good.Sign(s_ca);

        for (int length = 0; length < der.Length; length++)
            RevocationListReader.TryRead(der[..length], out _, out _).Should().BeFalse();
        RevocationListReader.TryRead([.. der, 0], out _, out _).Should().BeFalse();
    }

    [Fact]
    public void TryRead_NeverThrows()
    {
        byte[] der = s_good.Sign(s_ca);
        for (int at = 0; at < der.Length; at++)
        {
            foreach (byte b in new byte[] { 0, 0x7F, 0x80, 0xFF })
            {
                byte[] changed = [.. der];
                changed[at] = b;
                bool read = RevocationListReader.TryRead(changed, out _, out RevocationListErrorKind error);
                (error == RevocationListErrorKind.None).Should().Be(read);
            }
        }
    }

    [Fact]
    public void TryParse_ReadsDerAndPem()
    {
        byte[] one = s_good.Sign(s_ca), two = (s_good with { Entries = [] }).Sign(s_ca);
        string pem = "a comment\n" + CraftedRevocationList.ToPem(one) + "\n" + CraftedRevocationList.ToPem(two);

        Load(one).Should().Be(default(TrustBundleError));
        Load(Ascii(pem)).Should().Be(default(TrustBundleError));
        Load(Ascii(pem), two).Should().Be(default(TrustBundleError));
    }

    [Theory]
    [InlineData("", 0, 0, "Revocation list file 1")]
    [InlineData("no list", 0, 0, "Revocation list file 1")]
    [InlineData("see -----BEGIN of it", 1, 1, "Its PEM is malformed")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n", 1, 1, "Its PEM is malformed")]
    [InlineData("-----BEGIN X509 CRL-----\n!!!!\n-----END X509 CRL-----\n", 1, 1, "Its PEM is malformed")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", 1, 1, "not one DER-encoded revocation list")]
    [InlineData("\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 1, 2, "not X509 CRL")]
    [InlineData("BEGIN X509 CRL\n", 1, 1, "Its PEM is malformed")]
    public void TryParse_ReportsTheFileAndTheBlock(string file, int block, int line, string detail)
    {
        TrustBundleError error = Load(Ascii(file));

        (error.Kind, error.Index, error.Line).Should().Be((TrustBundleErrorKind.MalformedRevocationList, block, line));
        error.ToString().Should().Contain(detail);
        Load(s_good.Sign(s_ca), Ascii(file)).ToString().Should().Contain("evocation list file 2");
    }

    [Fact]
    public void TryParse_RejectsALaterMalformedBlock()
    {
        string pem = CraftedRevocationList.ToPem(s_good.Sign(s_ca));
        TrustBundleError broken = Load(Ascii(pem + CraftedRevocationList.ToPem((s_good with { NextUpdate = null }).Sign(s_ca))));

        (broken.Index, broken.Line).Should().Be((2, pem.Count(c => c == '\n') + 1));
        broken.ToString().Should().Contain("The list has no nextUpdate");
        FluentActions.Invoking(() => TrustBundle.Parse(s_ca.Der.Span, new() { RevocationLists = [Ascii(pem + "-----BEGIN X")] }))
            .Should().ThrowExactly<FormatException>();
    }

    [Fact]
    public void TryParse_LimitsCountAndSize()
    {
        byte[] der = s_good.Sign(s_ca);
        byte[][] many = [.. Enumerable.Repeat(der, TrustBounds.MaxRevocationLists)];

        Load(many).Should().Be(default(TrustBundleError));
        Load([.. many, der]).Kind.Should().Be(TrustBundleErrorKind.MalformedRevocationList);
        Load(new byte[TrustBounds.MaxRevocationListFileBytes + 1]).Kind.Should().Be(TrustBundleErrorKind.MalformedRevocationList);
    }

    private static TrustBundleError Load(params byte[][] files)
    {
        TrustBundleOptions options = new() { RevocationLists = [.. files.Select(file => (ReadOnlyMemory<byte>)file)] };
        Assert.Equal(TrustBundle.TryParse(s_ca.Der.Span, options, out TrustBundle? bundle, out TrustBundleError error), bundle is not null);
        (error.Kind != TrustBundleErrorKind.None).Should().Be(bundle is null);
        return error;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static CraftedRevocationList With(params byte[][] extensions) => s_good with { Extensions = extensions };

    private static CraftedRevocationList And(params byte[][] extensions) => With([CraftedRevocationList.CrlNumber(), .. extensions]);

    private static CraftedRevocationList Entry(params byte[][] extensions) =>
        s_good with { Entries = [CraftedRevocationList.Entry(new byte[] { 5 }, extensions)] };

    private static CraftedRevocationList Serials(params byte[][] serials) =>
        s_good with { Entries = [.. serials.Select(s => CraftedRevocationList.Entry(s))] };
}

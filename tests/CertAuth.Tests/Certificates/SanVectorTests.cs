using CertAuth.Certificates;

namespace CertAuth.Tests.Certificates;

public sealed class SanVectorTests
{
    private const string San = "2.5.29.17";

    public static TheoryData<string> WellFormed => SanVector.File.IdsWhere(vector => vector.IsWellFormed);

    public static TheoryData<string> Malformed => SanVector.File.IdsWhere(vector => !vector.IsWellFormed);

    [Theory, MemberData(nameof(WellFormed))]
    public void GetSubjectAlternativeNames_ReturnsTheRecordedNames(string id)
    {
        SanVector vector = SanVector.File[id];

        bool read = ParsedCertificate.TryParse(vector.DerB64, out ParsedCertificate? certificate, out CertificateError error);

        read.Should().BeTrue(error.ToString());
        certificate!.SanState.Should().Be(vector.SanExtensions == 0 ? SanState.Absent : SanState.Present);
        certificate.GetSubjectAlternativeNames().Select(name =>
            ($"{name.Kind}", GetTypeName(name.Kind), Convert.ToHexString(name.Bytes.Span))).Should().Equal(
            vector.GeneralNames!.Select(name => ($"{(SanKind)(name.Tag + 1)}", name.Type, Convert.ToHexString(name.RawB64))));
        Assert.All(certificate.GetSubjectAlternativeNames(), name => Assert.DoesNotContain('\n', name.ToString()));
    }

    [Theory, MemberData(nameof(Malformed))]
    public void SanState_IsMalformedOrRepeated_WhenTheVectorIsMalformed(string id)
    {
        SanVector vector = SanVector.File[id];

        bool read = ParsedCertificate.TryParse(vector.DerB64, out ParsedCertificate? certificate, out CertificateError error);

        (error.Kind == CertificateErrorKind.None).Should().Be(read);
        if (!read)
            return;
        certificate!.SanState.Should().Be(vector.SanExtensions > 1 ? SanState.Repeated : SanState.Malformed);
        certificate.GetSubjectAlternativeNames().Should().BeEmpty();
    }

    [Theory]
    [InlineData("8202643182026432", true)]
    [InlineData("8200", false)]
    [InlineData("820164FF", false)]
    [InlineData("820100", false)]
    [InlineData("82011F", false)]
    [InlineData("82017F", false)]
    [InlineData("820180", false)]
    [InlineData("820120", true)]
    [InlineData("82017E", true)]
    [InlineData("A2020C0064", false)]
    [InlineData("A203160164", false)]
    [InlineData("8601", false)]
    [InlineData("86810161", false)]
    [InlineData("860A75726E3A780A793A7A61", false)]
    [InlineData("8104614062", false)]
    [InlineData("8103614062", true)]
    [InlineData("8104610A4062", false)]
    [InlineData("87047F000001", true)]
    [InlineData("87037F0000", false)]
    [InlineData("87057F00000100", false)]
    [InlineData("87080A000000FFFFFF00", false)]
    [InlineData("871000000000000000000000000000000001", true)]
    [InlineData("8700", false)]
    [InlineData("88032A0304", true)]
    [InlineData("8800", false)]
    [InlineData("88028001", false)]
    [InlineData("A0080603 2A0304A001 05", false)]
    [InlineData("A0090603 2A0304A002 0500", true)]
    [InlineData("A00B06032A0304A00205000500", false)]
    [InlineData("A00B06032A0304A00405000500", false)]
    [InlineData("A4023000", true)]
    [InlineData("A400", false)]
    [InlineData("A40430003000", false)]
    [InlineData("A4043002310 0", false)]
    [InlineData("A3020500", true)]
    [InlineData("A300", false)]
    [InlineData("A5020501", false)]
    [InlineData("89026431", false)]
    [InlineData("16026431", false)]
    [InlineData("", false)]
    public void SanState_ReportsWhetherTheNamesAreWellFormed(string hex, bool isWellFormed)
    {
        byte[] value = DerBytes.Sequence(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        GetState(CraftedCertificate.Extension(San, value)).Should().Be(isWellFormed ? SanState.Present : SanState.Malformed);
        GetState(CraftedCertificate.Extension(San, [.. value, 0])).Should().Be(SanState.Malformed);
        GetState(CraftedCertificate.Extension(San, [.. value, 5, 0])).Should().Be(SanState.Malformed);
    }

    [Fact]
    public void SanState_IsRepeated_WhenTheExtensionIsRepeated()
    {
        byte[] names = DerBytes.Sequence(DerBytes.Tlv(0x82, "d1"u8.ToArray()));
        byte[] good = CraftedCertificate.Extension(San, names), bad = CraftedCertificate.Extension(San, [1]);

        GetState(good).Should().Be(SanState.Present);
        GetState(good, good).Should().Be(SanState.Repeated);
        GetState(good, bad).Should().Be(SanState.Repeated);
        GetState(bad, good).Should().Be(SanState.Repeated);
        GetState(good, bad, good).Should().Be(SanState.Repeated);
        GetState(CraftedCertificate.Extension("2.5.29.18", names)).Should().Be(SanState.Absent);
    }

    [Theory]
    [InlineData("8204612C5C62", "DNS:a\\,\\\\b", "a,\\b")]
    [InlineData("86067572 6E3A612C", "URI:urn:a\\,", "urn:a,")]
    [InlineData("87047F000001", "IP:127.0.0.1", "127.0.0.1")]
    [InlineData("871020010DB8000000000000000000000001", "IP:2001:db8::1", "2001:db8::1")]
    [InlineData("8103614062", "email:a@b", "a@b")]
    [InlineData("88032A0304", "Registered ID:1.2.3.4", "1.2.3.4")]
    [InlineData("A40E300C310A300806035504030C0161", "DirName:/CN=a", "/CN=a")]
    [InlineData("A40E300C310A300806035504030C01FF", "DirName:#300C310A300806035504030C01FF", null)]
    [InlineData("A00906032A0304A0020500", "othername:#06032A0304A0020500", null)]
    [InlineData("A3020500", "X400Name:#0500", null)]
    [InlineData("A5020500", "EdiPartyName:#0500", null)]
    public void ToString_ReturnsTheKindAndTheValue(string hex, string text, string? value)
    {
        byte[] names = DerBytes.Sequence(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        SubjectAlternativeName name = Read(CraftedCertificate.Extension(San, names)).GetSubjectAlternativeNames()
            .Should().ContainSingle().Which;

        name.ToString().Should().Be(text);
        name.Value.Should().Be(value);
    }

    private static SanState GetState(params byte[][] extensions) => Read(extensions).SanState;

    private static ParsedCertificate Read(params byte[][] extensions)
    {
        byte[] der = new CraftedCertificate { Extensions = extensions }.Encode();
        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error), error.ToString());
        return certificate;
    }

    private static string GetTypeName(SanKind kind) => kind switch
    {
        SanKind.OtherName => "otherName",
        SanKind.Email => "rfc822Name",
        SanKind.Dns => "dNSName",
        SanKind.X400Address => "x400Address",
        SanKind.DirectoryName => "directoryName",
        SanKind.EdiPartyName => "ediPartyName",
        SanKind.Uri => "uniformResourceIdentifier",
        SanKind.IpAddress => "iPAddress",
        SanKind.RegisteredId => "registeredID",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

using System.Net.Security;
using CertAuth.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Tls;

public sealed class CipherSuitesTests
{
    public static IEnumerable<TheoryDataRow<CipherRow>> SpecRows =>
        SharedFiles.SpecRows("ciphers.tsv", ReadRows, new CipherRow { Code = 0x1301, Iana = "none", OpenSsl = "none" });

    public static TheoryData<TlsCipherSuite> EnumMembers => [.. Enum.GetValues<TlsCipherSuite>()];

    [Theory, MemberData(nameof(SpecRows))]
    public void TryParseName_ReadsBothNamesOfEachRow_InAnyCase(CipherRow row)
    {
        foreach (string name in new[] { row.Iana, row.OpenSsl })
        {
            Parse(name).Should().Be(row.Suite);
            Parse(name.ToLowerInvariant()).Should().Be(row.Suite);
            Parse(name.ToUpperInvariant()).Should().Be(row.Suite);
        }
    }

    [Theory, MemberData(nameof(SpecRows))]
    public void GetNames_ReturnBothNamesOfEachRow(CipherRow row)
    {
        CipherSuites.GetOpenSslName(row.Suite).Should().Be(row.OpenSsl);
        CipherSuites.GetIanaName(row.Suite).Should().Be(row.Iana);
        row.Suite.ToString().Should().Be(row.Iana);
    }

    [Fact]
    public void Table_EqualsTheSpecification()
    {
        string spec = SharedFiles.RequireSpec("ciphers.tsv");
        string ours = Path.Combine(SharedFiles.RepositoryRoot, "src", "CertAuth", "Tls", "Suites", "CipherSuites.tsv");

        ReadRows(ours).Should().Equal(ReadRows(spec));
    }

    [Theory, MemberData(nameof(EnumMembers))]
    public void TryParseName_ReadsTheNameOfEachEnumMember(TlsCipherSuite suite)
    {
        Parse(suite.ToString()).Should().Be(suite);
        CipherSuites.GetIanaName(suite).Should().Be(suite.ToString());
        Parse(CipherSuites.GetOpenSslName(suite)).Should().Be(suite);
    }

    // .NET negotiates the first five suites; Go does not support them. OpenSSL 3 has no name for the sixth. The next two are the first and
    // the last suite of TiDB. The last row is an unassigned code point.
    [Theory]
    [InlineData(0xC024, "ECDHE-ECDSA-AES256-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")]
    [InlineData(0xC028, "ECDHE-RSA-AES256-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384")]
    [InlineData(0x009E, "DHE-RSA-AES128-GCM-SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")]
    [InlineData(0x009F, "DHE-RSA-AES256-GCM-SHA384", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384")]
    [InlineData(0xCCAA, "DHE-RSA-CHACHA20-POLY1305", "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256")]
    [InlineData(0x000B, "TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA", "TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA")]
    [InlineData(0x0005, "RC4-SHA", "TLS_RSA_WITH_RC4_128_SHA")]
    [InlineData(0x1303, "TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData(0xC0FF, "0xC0FF", "0xC0FF")]
    public void GetOpenSslName_ReturnsTheOpenSslName_OrTheIanaName_OrTheCodePoint(int code, string openSsl, string iana)
    {
        CipherSuites.GetOpenSslName((TlsCipherSuite)code).Should().Be(openSsl);
        CipherSuites.GetIanaName((TlsCipherSuite)code).Should().Be(iana);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("AES128-SHA ")]
    [InlineData(" AES128-SHA")]
    [InlineData("AES128-SHA\0")]
    [InlineData("AES128-SHA\n")]
    [InlineData("AES128-SHA:AES256-SHA")]
    [InlineData("AES128_SHA")]
    [InlineData("AES128-ſHA")]
    [InlineData("TLS_ARİA")]
    [InlineData("4865")]
    [InlineData("0x1301")]
    [InlineData("0xC0FF")]
    [InlineData("TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384")]
    [InlineData("ALL")]
    [InlineData("!AES128-SHA")]
    public void TryParseName_RejectsATextThatIsNotAName(string name)
    {
        bool parsed = CipherSuites.TryParseName(name, out TlsCipherSuite suite);

        parsed.Should().BeFalse();
        suite.Should().Be(default(TlsCipherSuite));
    }

    [Fact]
    public void TryParseName_NeverThrows() => Prop.ForAll<string>(text =>
    {
        bool parsed = CipherSuites.TryParseName(text, out TlsCipherSuite suite);
        return !parsed || string.Equals(CipherSuites.GetOpenSslName(suite), text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(CipherSuites.GetIanaName(suite), text, StringComparison.OrdinalIgnoreCase);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MaxNameLength_ExceedsTheLengthOfEachKnownName()
    {
        int longest = Enum.GetValues<TlsCipherSuite>().Max(s => CipherSuites.GetIanaName(s).Length);

        longest.Should().BeInRange(1, CipherSuites.MaxNameLength);
    }

    internal static IReadOnlyList<CipherRow> ReadRows(string path) => [.. TsvFile.ReadRows(path).Skip(1).Select(CipherRow.Parse)];

    private static TlsCipherSuite? Parse(string name) => CipherSuites.TryParseName(name, out TlsCipherSuite suite) ? suite : null;
}

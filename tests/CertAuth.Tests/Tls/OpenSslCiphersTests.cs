using System.Globalization;
using System.Net.Security;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

/// <summary>Compares the table with the OpenSSL of this machine.</summary>
/// <remarks>Only the suites that this build of OpenSSL knows are compared: nearly all builds are configured without the suites with RC4 and
/// 3DES.</remarks>
public sealed class OpenSslCiphersTests
{
    [Fact]
    public void GetNames_AgreeWithOpenSsl()
    {
        using OpenSsl openSsl = new();
        openSsl.RequireVersion("3.");

        (int exitCode, string listing) = openSsl.Run("ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
        exitCode.Should().Be(0, listing);
        CipherRow[] named = [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];
        CipherRow[] expected = [.. named.Where(row => Enum.IsDefined(row.Suite))];

        expected.Should().Contain(row => row.Suite == TlsCipherSuite.TLS_AES_128_GCM_SHA256);
        expected.Should().Contain(row => row.Suite == TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
        expected.Select(row => GetRow(row.Suite)).Should().Equal(expected);
    }

    private static CipherRow GetRow(TlsCipherSuite suite) =>
        new() { Code = (ushort)suite, Iana = CipherSuites.GetIanaName(suite), OpenSsl = CipherSuites.GetOpenSslName(suite) };

    // "0xC0,0x30 - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 - ECDHE-RSA-AES256-GCM-SHA384 TLSv1.2 Kx=ECDH ..."
    private static CipherRow ReadLine(string line)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string code = words[0].Replace("0x", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return new()
        {
            Code = ushort.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Iana = words[2],
            OpenSsl = words[4],
        };
    }
}

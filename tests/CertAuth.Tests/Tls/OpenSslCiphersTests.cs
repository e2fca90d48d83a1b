using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using CertAuth.Tls;
using FluentAssertions;

namespace CertAuth.Tests.Tls;

/// <summary>Holds the table against the OpenSSL of this machine, an outside oracle.</summary>
/// <remarks>One way only: a build of OpenSSL leaves out what was configured away (RC4 and 3DES nearly everywhere).</remarks>
public sealed class OpenSslCiphersTests
{
    [Fact]
    public async Task GetNames_AgreeWithOpenSsl()
    {
        string version = await RunOpenSslAsync("version");
        if (!version.StartsWith("OpenSSL 3.", StringComparison.Ordinal))
            Assert.Skip("The openssl on the path isn't OpenSSL 3.");

        string listing = await RunOpenSslAsync("ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
        CipherRow[] named = [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];
        CipherRow[] expected = [.. named.Where(row => Enum.IsDefined(row.Suite))];

        expected.Should().Contain(row => row.Suite == TlsCipherSuite.TLS_AES_128_GCM_SHA256);
        expected.Should().Contain(row => row.Suite == TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
        expected.Select(row => Ours(row.Suite)).Should().Equal(expected);
    }

    private static CipherRow Ours(TlsCipherSuite suite) =>
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

    private static async Task<string> RunOpenSslAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("openssl", arguments) { RedirectStandardOutput = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no openssl on the path.");
        }

        using (process)
        {
            Assert.NotNull(process);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.Should().Be(0);
            return output;
        }
    }
}

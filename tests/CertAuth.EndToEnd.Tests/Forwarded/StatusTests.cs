using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Tls;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>The status rows that the client sees, directly and through the proxy: those of its own connection.</summary>
public sealed class StatusTests(DirectAndForwardedSite setup) : IClassFixture<DirectAndForwardedSite>
{
    [Theory]
    [InlineData("TLSv1.2", "c1")]
    [InlineData("TLSv1.3", "c1")]
    [InlineData("TLSv1.2", null)]
    [InlineData("TLSv1.3", null)]
    public async Task Rows_DescribeTheClientsConnection(string version, string? certificate)
    {
        MariaDbClient.SkipIfMissing();
        string[] direct = await ShowAsync(setup.Strict.Server.Address, version, certificate);
        string[] proxied = await ShowAsync(setup.Strict.Proxy.Address, version, certificate);

        string cipher = await ShowCipherAsync(setup.Strict.Proxy.Address, version, certificate);
        (await ShowCipherAsync(setup.Strict.Server.Address, version, certificate)).Should().Be(cipher);
        direct.Should().Equal(Rows(version, cipher, setup.Site.Folder.ServerCertificate));
        proxied.Should().Equal(Rows(version, cipher, setup.Site.Folder.ProxyCertificate));

        // The rows differ only in the certificate of the server or proxy that the client connects to.
        proxied.Where(row => !row.StartsWith("Ssl_server_", StringComparison.Ordinal)).Should().Equal(
            direct.Where(row => !row.StartsWith("Ssl_server_", StringComparison.Ordinal)));
        proxied.Should().NotEqual(direct);
    }

    [Fact]
    public async Task Rows_AreEmpty_WithoutTls()
    {
        MariaDbClient.SkipIfMissing();
        const string Statement = "show status like 'Ssl%'";
        string direct = await setup.Site.Client(setup.Strict.Server.Address).RunWithoutTlsAsync("none", Statement);
        (await setup.Site.Client(setup.Strict.Proxy.Address).RunWithoutTlsAsync("none", Statement)).Should().Be(direct);
        direct.Should().Contain("Ssl_verify_mode\t0");
    }

    private static string[] Rows(string version, string cipher, string certificateFile)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        string list = string.Join(":", CipherSuites.Recommended.Select(suite => CipherSuites.GetOpenSslName(suite)));
        return
        [
            $"Ssl_cipher\t{cipher}",
            $"Ssl_cipher_list\t{list}",
            $"Ssl_server_not_after\t{Format(certificate.NotAfter)}",
            $"Ssl_server_not_before\t{Format(certificate.NotBefore)}",
            "Ssl_verify_mode\t5",
            $"Ssl_version\t{version}",
        ];
    }

    // The format of "openssl x509 -dates" except for the time zone.
    private static string Format(DateTime time)
    {
        DateTime utc = time.ToUniversalTime();
        string day = utc.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return string.Create(CultureInfo.InvariantCulture, $"{utc:MMM} {day} {utc:HH:mm:ss yyyy} UTC");
    }

    private async Task<string[]> ShowAsync(IPEndPoint address, string version, string? certificate) =>
        (await setup.Site.Client(address).RunAsync("tls", certificate, "show status like 'Ssl%'", $"--tls-version={version}")).Split('\n');

    // The client reads this from its own TLS library.
    private async Task<string> ShowCipherAsync(IPEndPoint address, string version, string? certificate)
    {
        const string Before = "Cipher in use is ";
        string status = await setup.Site.Client(address).RunAsync("tls", certificate, "\\s", $"--tls-version={version}");
        string line = status.Split('\n').Should().ContainSingle(line => line.Contains(Before, StringComparison.Ordinal)).Which;
        return line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Trim().Split(',')[0];
    }
}

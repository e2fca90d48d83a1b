using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The commands that the documentation uses after a login: <c>\s</c> and <c>SHOW STATUS</c>.</summary>
[Collection(DocumentedSite.Collection)]
public sealed class StatusTests(DocumentedSite site)
{
    private const string AllowedSuites = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:"
        + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256";

    [Theory]
    [InlineData("subject", "TLSv1.2", "Cipher in use is ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("subject", "TLSv1.3", "Cipher in use is TLS_AES_256_GCM_SHA384")]
    [InlineData("none", "off", "Not in use")]
    public async Task ClientStatus_ShowsTheSession(string account, string tls, string ssl)
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(site.Server, account, tls == "off" ? null : "client", tls, "\\s");
        attempt.Outcome.Should().Be("accepted");

        // Lines "Label:<tabs>value" between two lines of dashes. The last line contains the server's statistics.
        string[] lines = attempt.Printed.Split('\n');
        (lines[0], lines[^1]).Should().Be(("--------------", "--------------"));
        Dictionary<string, string> shown = lines.Where(line => line.Contains(":\t", StringComparison.Ordinal))
            .Select(line => line.Split(":\t", 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('\t'));
        shown["Connection id"].Should().Be(attempt.Logged.GetProperty("connection").GetRawText());
        shown["Current database"].Should().Be("");
        shown["Current user"].Should().Be($"{account}@127.0.0.1");
        shown["SSL"].Should().Be(ssl);
        shown["Server version"].Should().StartWith($"{ServerSession.Version} ");
        shown["Protocol version"].Should().Be("10");
        shown["Connection"].Should().Be("127.0.0.1 via TCP/IP");
        shown["TCP port"].Should().Be($"{site.Server.Address.Port}");
        Assert.All(["Server", "Db    ", "Client", "Conn. "], whose => shown[$"{whose} characterset"].Should().Be("utf8mb4"));
        lines[^2].Should().StartWith("Threads: ");
    }

    [Theory]
    [InlineData("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("TLSv1.3", "TLS_AES_256_GCM_SHA384")]
    [InlineData("TLSv1.3", "TLS_AES_128_GCM_SHA256")]
    public async Task Status_HasTheSixRowsOfTheConnection(string version, string suite)
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(
            site.Server, "subject", "client", version, "SHOW STATUS LIKE 'Ssl%'", $"--ssl-cipher={suite}");
        attempt.Printed.Split('\n').Should().Equal(
            $"Ssl_cipher\t{suite}",
            $"Ssl_cipher_list\t{AllowedSuites}",
            $"Ssl_server_not_after\t{await ShowServerDateAsync("enddate")}",
            $"Ssl_server_not_before\t{await ShowServerDateAsync("startdate")}",
            "Ssl_verify_mode\t5",
            $"Ssl_version\t{version}");
        (attempt.Tls("cipher"), attempt.Tls("version")).Should().Be((suite, version.Replace("TLSv1.", "Tls1")));
    }

    [Fact]
    public async Task Status_WithoutTls_HasTheSameRowsWithoutValues()
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(site.Server, "none", null, "off", "SHOW STATUS LIKE 'Ssl%'");
        attempt.Printed.Split('\n').Select(row => row.TrimEnd('\t')).Should().Equal(
            "Ssl_cipher", "Ssl_cipher_list", "Ssl_server_not_after", "Ssl_server_not_before", "Ssl_verify_mode\t0", "Ssl_version");
        (attempt.Outcome, attempt.Tls("version")).Should().Be(("accepted", null));
    }

    // "Use the following statement to check the list of supported cipher methods."
    [Fact]
    public async Task DocumentedStatement_ShowsTheSupportedSuites()
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(
            site.Server, "subject", "client", "TLSv1.3", "SHOW SESSION STATUS LIKE 'Ssl_cipher_list';");
        attempt.Printed.Should().Be($"Ssl_cipher_list\t{AllowedSuites}");
    }

    // "notAfter=Mar 24 00:25:15 3026 GMT"
    private async Task<string> ShowServerDateAsync(string which)
    {
        string shown = await site.Shell.RunAsync($"openssl x509 -noout -{which} -in server-cert.pem");
        return shown[(shown.IndexOf('=') + 1)..].Replace("GMT", "UTC");
    }
}

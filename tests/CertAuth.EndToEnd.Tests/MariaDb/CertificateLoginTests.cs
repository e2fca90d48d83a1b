using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Transport;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The real client logs in by certificate, or is denied as by a real server.</summary>
public sealed class CertificateLoginTests
{
    private const string Denied = "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)";

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task RightCertificate_LogsInWithEitherVersion(string version)
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunAsync(
            "u1", "u1", "select current_user(); show status like 'Ssl_version'", $"--tls-version={version}");
        Assert.Equal($"u1@%\nSsl_version\t{version}", output);
    }

    [Theory]
    [InlineData("u1", "u2", Denied)]
    [InlineData("u1", null, Denied)]
    [InlineData("u2", "u2", "u2@%")]
    [InlineData("x509", "u2", "x509@%")]
    [InlineData("ssl", null, "ssl@%")]
    [InlineData("nosuch", "u1", "ERROR 1045 (28000): Access denied for user 'nosuch'@'127.0.0.1' (using password: NO)")]
    public async Task Login_IsDecidedByTheAccount(string user, string? certificate, string expected)
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Assert.Equal(expected, await site.Client(server.Address).RunAsync(user, certificate, "select current_user()"));
    }

    [Fact]
    public async Task CertificateOfAStranger_FailsTheHandshakeOrIsDenied()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer fails = await site.StartServerAsync();
        LoginServer goesOn = await site.StartServerAsync(o => o with { UnverifiedCertificate = UnverifiedCertificatePolicy.Continue });
        Assert.StartsWith("ERROR 2026 (HY000)", await site.Client(fails.Address).RunAsync("u1", "stranger", "select 1"), StringComparison.Ordinal);
        Assert.Equal(Denied, await site.Client(goesOn.Address).RunAsync("u1", "stranger", "select 1"));
    }

    [Fact]
    public async Task WithoutTls_IsTheAccountsChoiceUnlessTheServerDemandsIt()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        LoginServer strict = await site.StartServerAsync(o => o with { RequireSecureTransport = true });
        Assert.Equal("anybody@127.0.0.1", await site.Client(server.Address).RunWithoutTlsAsync("anybody", "select current_user()"));
        Assert.Equal(
            "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.",
            await site.Client(strict.Address).RunWithoutTlsAsync("anybody", "select 1"));
    }

    [Fact]
    public async Task Status_ShowsTheConnection()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        MariaDbClient client = site.Client(server.Address);
        string status = await client.RunAsync("u1", "u1", "\\s");
        Assert.Contains("Cipher in use is TLS_AES_256_GCM_SHA384", status, StringComparison.Ordinal);
        Assert.Contains(ServerSession.Version, status, StringComparison.Ordinal);
        Assert.Equal(6, (await client.RunAsync("u1", "u1", "show status like 'Ssl%'")).Split('\n').Length);
    }

    [Fact]
    public async Task Denial_IsExplainedInTheLogAlone()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        await site.Client(server.Address).RunAsync("u1", "u2", "select 1");
        string line = Assert.Single(site.Log, line => line.Contains("\"denied\"", StringComparison.Ordinal));
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(line);
        Assert.Equal("SubjectMismatch", json.RootElement.GetProperty("reason").GetString());
        Assert.Equal("/C=NL/O=Example/CN=u2", json.RootElement.GetProperty("presented").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("checks").GetArrayLength());
    }
}

using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The real client logs in by certificate, or receives the error of a real server.</summary>
public sealed class CertificateLoginTests
{
    private const string Denied = "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)";

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task MatchingCertificate_LogsIn_WithEachTlsVersion(string version)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunAsync(
            "u1", "u1", "select current_user(); show status like 'Ssl_version'", $"--tls-version={version}");
        output.Should().Be($"u1@%\nSsl_version\t{version}");
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
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        (await site.Client(server.Address).RunAsync(user, certificate, "select current_user()")).Should().Be(expected);
    }

    [Fact]
    public async Task CertificateFromAnUntrustedCa_FailsTheHandshakeOrIsRejected()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer fails = await site.StartServerAsync();
        LoginServer continuing = await site.StartServerAsync(o => o with { UnverifiedCertificate = UnverifiedCertificatePolicy.Continue });
        (await site.Client(fails.Address).RunAsync("u1", "stranger", "select 1")).Should().StartWith("ERROR 2026 (HY000)");
        (await site.Client(continuing.Address).RunAsync("u1", "stranger", "select 1")).Should().Be(Denied);
    }

    [Fact]
    public async Task WithoutTls_IsDecidedByTheAccount_UnlessTheServerRequiresTls()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        LoginServer strict = await site.StartServerAsync(o => o with { RequireSecureTransport = true });
        (await site.Client(server.Address).RunWithoutTlsAsync("anybody", "select current_user()")).Should().Be("anybody@127.0.0.1");
        (await site.Client(strict.Address).RunWithoutTlsAsync("anybody", "select 1")).Should().Be(
            "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.");
    }

    [Fact]
    public async Task Status_ShowsTheConnection()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        MariaDbClient client = site.Client(server.Address);
        string status = await client.RunAsync("u1", "u1", "\\s");
        status.Should().Contain("Cipher in use is TLS_AES_256_GCM_SHA384");
        status.Should().Contain(ServerSession.Version);
        (await client.RunAsync("u1", "u1", "show status like 'Ssl%'")).Split('\n').Length.Should().Be(6);
    }

    [Fact]
    public async Task Rejection_IsExplainedOnlyInTheLog()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        await site.Client(server.Address).RunAsync("u1", "u2", "select 1");
        string line = site.Log.Should().ContainSingle(line => line.Contains("\"rejected\"", StringComparison.Ordinal)).Which;
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(line);
        json.RootElement.GetProperty("reason").GetString().Should().Be("SubjectMismatch");
        json.RootElement.GetProperty("presented").GetString().Should().Be("/C=NL/O=Example/CN=u2");
        json.RootElement.GetProperty("checks").GetArrayLength().Should().Be(4);
    }

    [Fact]
    public async Task Log_NamesEveryPartAndAlternative()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        string digest = new('0', 64);
        await File.AppendAllTextAsync(site.Folder.Accounts, $"""
            CREATE USER 'all'@'%' REQUIRE CIPHER 'TLS_AES_256_GCM_SHA384' ISSUER '/C=NL/O=Example/CN=Example CA' ISSUER_KEY '{digest}'
              SUBJECT '/CN=a' SUBJECT_CONTAINS '/O=Example' SAN 'EMAIL:a@example.com' CERTIFICATE '{digest}' PUBLIC_KEY '{digest}'
              OR SUBJECT '/CN=b';
            """, TestContext.Current.CancellationToken);
        LoginServer server = await site.StartServerAsync();

        await site.Client(server.Address).RunAsync("all", "u1", "select 1");

        string line = site.Log.Should().ContainSingle(line => line.Contains("\"rejected\"", StringComparison.Ordinal)).Which;
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(line);
        json.RootElement.GetProperty("reason").GetString().Should().Be("SubjectMismatch");
        json.RootElement.GetProperty("checks").EnumerateArray().Select(check => (
                check.GetProperty("alternative").GetInt32(), check.GetProperty("part").GetString(), check.GetProperty("met").GetBoolean()))
            .Should().Equal(
                (0, "transport", true),
                (1, "cipher", true),
                (1, "certificate", true),
                (1, "issuer", true),
                (1, "issuer_key", false),
                (1, "subject", false),
                (1, "subject_contains", true),
                (1, "san", false),
                (1, "certificate_digest", false),
                (1, "public_key", false),
                (2, "certificate", true),
                (2, "subject", false));
    }
}

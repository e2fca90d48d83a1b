using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>Logins of the real client through the proxy. The client's certificate decides them, not the proxy's.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("u1", "u1", "u1@%")]
    [InlineData("u1", "u2", "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)")]
    [InlineData("u1", null, "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)")]
    [InlineData("u2", "u2", "u2@%")]
    [InlineData("x509", null, "ERROR 1045 (28000): Access denied for user 'x509'@'127.0.0.1' (using password: NO)")]
    public async Task Login_IsDecidedByTheClientsCertificate(string user, string? certificate, string expected)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        (await site.Client(proxy.Address).RunAsync(user, certificate, "select current_user()")).Should().Be(expected);
    }

    [Fact]
    public async Task Status_DescribesTheClientsConnection()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        (await site.Client(proxy.Address).RunAsync("u1", "u1", "show status like 'Ssl_version'", "--tls-version=TLSv1.2"))
            .Should().Be("Ssl_version\tTLSv1.2");
        (await site.Client(proxy.Address).RunWithoutTlsAsync("anybody", "show status like 'Ssl_version'")).Trim()
            .Should().Be("Ssl_version");
    }

    [Fact]
    public async Task Token_IsForwarded_OnlyFromAClientWithTls()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        string password = $"-p{site.MintToken("tok")}";
        (await site.Client(proxy.Address).RunAsync("tok", null, "select current_user()", password)).Should().Be("tok@%");
        (await site.Client(proxy.Address).RunWithoutTlsAsync("tok", "select 1", password)).Should().StartWith("ERROR 1045");
    }

    [Fact]
    public async Task ProxysOwnCertificate_WithoutAToken_IsRejected()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        (await site.Client(server.Address).RunAsync("x509", "proxy", "select 1")).Should().StartWith("ERROR 1045");
        site.Log.Should().Contain(line => line.Contains("ForwardedInfoMissing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServerThatDoesNotTrustTheProxy_RejectsForwardedInfo()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerAsync());
        (await site.Client(proxy.Address).RunAsync("u1", "u1", "select 1")).Should().StartWith("ERROR 1045");
        site.Log.Should().Contain(line => line.Contains("ForwardedInfoUnexpected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForwardedAttributes_AreNotLogged()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        await site.Client(proxy.Address).RunAsync("u1", "u1", "select 1");
        string line = site.Log.Should().ContainSingle(line => line.Contains("\"login\"", StringComparison.Ordinal)).Which;
        line.Should().NotContain("tiproxy");
        line.Should().Contain("program_name=");
    }
}

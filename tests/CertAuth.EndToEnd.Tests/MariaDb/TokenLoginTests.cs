using CertAuth.EndToEnd.Tests.Support;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The real client logs in by token, which it sends through mysql_clear_password.</summary>
public sealed class TokenLoginTests
{
    [Fact]
    public async Task Token_LogsIn()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Assert.Equal("tok@%", await site.Client(server.Address).RunAsync("tok", null, "select current_user()", $"-p{site.MintToken("tok")}"));
    }

    [Fact]
    public async Task TokenOfAnother_IsDenied()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Assert.Equal(
            "ERROR 1045 (28000): Access denied for user 'tok'@'127.0.0.1' (using password: YES)",
            await site.Client(server.Address).RunAsync("tok", null, "select 1", $"-p{site.MintToken("other")}"));
        Assert.Contains(site.Log, line => line.Contains("TokenSubjectMismatch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_IsNotAskedForInTheClear()
    {
        MariaDbClient.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunWithoutTlsAsync("tok", "select 1", $"-p{site.MintToken("tok")}");
        Assert.StartsWith("ERROR 1045", output, StringComparison.Ordinal);
        Assert.Contains(site.Log, line => line.Contains("TokenWithoutTls", StringComparison.Ordinal));
    }
}

using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The real client logs in by token, which it sends through mysql_clear_password.</summary>
public sealed class TokenLoginTests
{
    [Fact]
    public async Task Token_LogsIn()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        (await site.Client(server.Address).RunAsync("tok", null, "select current_user()", $"-p{site.MintToken("tok")}"))
            .Should().Be("tok@%");
    }

    [Fact]
    public async Task TokenOfAnotherUser_IsRejected()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        (await site.Client(server.Address).RunAsync("tok", null, "select 1", $"-p{site.MintToken("other")}")).Should().Be(
            "ERROR 1045 (28000): Access denied for user 'tok'@'127.0.0.1' (using password: YES)");
        site.Log.Should().Contain(line => line.Contains("TokenSubjectMismatch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_IsNotRequestedWithoutTls()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunWithoutTlsAsync("tok", "select 1", $"-p{site.MintToken("tok")}");
        output.Should().StartWith("ERROR 1045");
        site.Log.Should().Contain(line => line.Contains("TokenWithoutTls", StringComparison.Ordinal));
    }
}

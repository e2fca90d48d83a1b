using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>Accounts that are changed while the server runs.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task ChangedAccount_TakesEffectAtReload_AndAMalformedFileChangesNothing()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        MariaDbClient client = site.Client(server.Address);
        (await client.RunAsync("u1", "u2", "select 1")).Should().StartWith("ERROR 1045");

        await File.WriteAllTextAsync(
            site.Folder.Accounts, "CREATE USER u1 REQUIRE SUBJECT '/C=NL/O=Example/CN=u2';", TestContext.Current.CancellationToken);
        await server.Files.ReloadAsync();
        (await client.RunAsync("u1", "u2", "select 1")).Should().Be("1");

        await File.WriteAllTextAsync(site.Folder.Accounts, "CREATE USER u1 REQUIRE NOTHING;", TestContext.Current.CancellationToken);
        await server.Files.ReloadAsync();
        (await client.RunAsync("u1", "u2", "select 1")).Should().Be("1");
    }
}

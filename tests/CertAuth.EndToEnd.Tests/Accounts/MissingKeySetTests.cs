using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Accounts;

/// <summary><c>jwks.json</c> is required only if an account logs in by token.</summary>
public sealed class MissingKeySetTests
{
    private const string ByCertificate = "CREATE USER u1 REQUIRE SUBJECT '/C=NL/O=Example/CN=u1';";
    private const string ByToken = "CREATE USER tok IDENTIFIED WITH 'tidb_auth_token';";

    [Fact]
    public async Task Server_StartsWithoutKeySet_WhenNoAccountLogsInByToken()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = WithoutKeySet(ByCertificate);
        LoginServer server = await site.StartServerAsync();
        MariaDbClient client = site.Client(server.Address);
        (await client.RunAsync("u1", "u1", "select current_user()")).Should().Be("u1@%");

        // No login to a token account that is added later could succeed. The whole file is rejected, and the log contains the reason.
        SiteAuthority.Replace(site.Folder.Accounts, $"{ByCertificate}\n{ByToken}");
        await server.Files.ReloadAsync();
        await site.WaitForLogAsync("The account tok@% logs in by token, but jwks.json did not exist when the server started.");
        (await client.RunAsync("u1", "u1", "select current_user()")).Should().Be("u1@%");
        (await client.RunAsync("tok", null, "select 1", "-pa.b.c")).Should().StartWith("ERROR 1045");
    }

    [Fact]
    public async Task Server_DoesNotStartWithoutKeySet_WhenAnAccountLogsInByToken()
    {
        await using Site site = WithoutKeySet(ByToken);

        (await FluentActions.Awaiting(() => site.StartServerAsync()).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("*The account tok@% logs in by token, but jwks.json did not exist when the server started.*");
    }

    private static Site WithoutKeySet(string accounts)
    {
        Site site = new();
        File.Delete(site.Folder.KeySet);
        File.WriteAllText(site.Folder.Accounts, accounts);
        return site;
    }
}

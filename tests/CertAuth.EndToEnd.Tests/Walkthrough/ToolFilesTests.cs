using System.Diagnostics;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Walkthrough;

/// <summary>The server runs with the files that <c>certauth</c> writes, under the names that the tool gives them.</summary>
public sealed class ToolFilesTests
{
    private const string Accounts = """
        CREATE USER u1 REQUIRE SUBJECT '/C=NL/O=Example/CN=u1' ISSUER '/C=NL/O=Example/CN=Example CA';
        CREATE USER tok IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'issuer-abc' ATTRIBUTE '{"email": "tok@example.com"}';
        """;

    [Fact]
    public async Task Server_RunsWithTheFilesOfTheTool_AlsoDuringARotation()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new(_ => { });
        Folder folder = site.Folder;
        await RunToolAsync(folder, "ca", "new", "--subject", "/C=NL/O=Example/CN=Example CA");
        await RunToolAsync(folder, "ca", "issue", "server", "--subject", "/CN=server", "--san", "DNS:localhost,IP:127.0.0.1");
        await RunToolAsync(folder, "ca", "issue", "client", "--name", "u1", "--subject", "/C=NL/O=Example/CN=u1");
        await RunToolAsync(folder, "jwks", "new", "--kid", "token");
        await RunToolAsync(folder, "ca", "rotate");
        await RunToolAsync(folder, "ca", "issue", "client", "--name", "u1-next", "--subject", "/C=NL/O=Example/CN=u1");
        await File.WriteAllTextAsync(folder.Accounts, Accounts, TestContext.Current.CancellationToken);

        LoginServer server = await site.StartServerAsync();

        MariaDbClient client = site.Client(server.Address);
        (await client.RunAsync("u1", "u1", "select current_user()")).Should().Be("u1@%", "clients of the old CA still log in");
        (await client.RunAsync("u1", "u1-next", "select current_user()")).Should().Be("u1@%", "clients of the new CA log in");
        (await client.LogInAsync("tok", token: site.MintToken("tok"))).Should().Be("tok@%");
    }

    private static async Task RunToolAsync(Folder folder, params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "CertAuth.Tool.dll");
        string printed = await ConsoleProgram.RunAsync(new ProcessStartInfo("dotnet", [tool, .. arguments, "--folder", folder.Path]));
        printed.Should().Contain("written ", $"certauth {string.Join(' ', arguments)} writes files");
    }
}

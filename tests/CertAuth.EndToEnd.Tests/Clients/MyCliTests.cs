using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>mycli logs in by certificate and works with the server.</summary>
public sealed class MyCliTests
{
    [Fact]
    public async Task Certificate_LogsIn_DirectlyAndThroughTheProxy()
    {
        ClientProgram.MyCli.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        (await site.Client(ClientProgram.MyCli, server.Address).LogInAsync("u1", "u1")).Should().Be("u1@%");
        (await site.Client(ClientProgram.MyCli, proxy.Address).LogInAsync("u1", "u1")).Should().Be("u1@%");
        site.Events("login").Count(login => login.GetProperty("method").GetString() == "Certificate").Should().Be(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CertificateOfAnotherUser_IsRejected(bool isThroughProxy)
    {
        ClientProgram.MyCli.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        ILoginClient client = site.Client(ClientProgram.MyCli, isThroughProxy ? proxy.Address : server.Address);
        (await client.LogInAsync("u1", "u2", token: "for the second attempt")).Should().Be(
            "(1045, \"Access denied for user 'u1'@'127.0.0.1' (using password: YES)\")");
        site.Rejections().Should().Equal("SubjectMismatch", "SubjectMismatch");
    }

    [Fact]
    public async Task CertificateFromAnUntrustedCa_FailsTheHandshake()
    {
        ClientProgram.MyCli.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();

        // With TLS 1.3, the client has completed the handshake when the server rejects the certificate, so a later write or read fails.
        (await site.Client(ClientProgram.MyCli, server.Address).LogInAsync("u1", "stranger")).Should().MatchRegex("^\\(20(06|13), ");
        (await site.WaitForLogAsync("\"handshake\"")).Should().Contain("CertificateBadSignature");
        site.Events("login").Should().BeEmpty();
    }

    [Fact]
    public async Task Status_ShowsUserAndServer()
    {
        ClientProgram.MyCli.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        MyCliClient client = new(site.Folder, server.Address);
        string[] status = (await client.RunAsync("u1", "u1", null, "--ssl-ca", site.Folder.Ca, "-e", "status")).Split('\n');
        status.Should().Contain("Current user:\tu1@127.0.0.1");
        status.Should().Contain($"Server version:\t{ServerSession.Version} CertAuth: logins only");
        status.Should().Contain("Protocol version:\t10");
    }

    // On a terminal, mycli queries names for completion in a thread that an error would end.
    [Fact]
    public async Task Completion_WorksOnTheEmptySchema()
    {
        ClientProgram.MyCli.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        MyCliClient client = new(site.Folder, server.Address);
        const string Statements = """
            SHOW DATABASES; SHOW TABLES;
            select TABLE_NAME, COLUMN_NAME from information_schema.columns where table_schema = 'None' order by table_name,ordinal_position;
            SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_TYPE="FUNCTION" AND ROUTINE_SCHEMA = "None";
            """;
        (await client.RunAsync("u1", "u1", null, "--ssl-ca", site.Folder.Ca, "-e", Statements)).Should().Be(
            "Database\ninformation_schema\nTables_in_information_schema\nTABLE_NAME\tCOLUMN_NAME\nROUTINE_NAME");
    }

    [Fact]
    public async Task Terminal_ShowsAnswersWithoutErrors()
    {
        ClientProgram.MyCli.SkipIfMissing();
        Terminal.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string screen = await new MyCliClient(site.Folder, server.Address).TypeAsync("u1", "u1", "\\s", "select current_user();", "quit");
        screen.Should().Contain("Current user:");
        screen.Should().Contain("u1@%");
        screen.Should().NotContain("Traceback");
        screen.Should().NotContain("(1064, ");
    }
}

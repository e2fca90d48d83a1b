using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>The mysql2 package of Node.js logs in by certificate.</summary>
public sealed class Mysql2Tests
{
    private const string Version = "show status like 'Ssl_version'";

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Certificate_LogsIn_DirectlyAndThroughTheProxy(string version)
    {
        ClientProgram.Mysql2.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        string[] statements = ["select current_user()", Version];
        string expected = $"u1@%\nSsl_version\t{version}";
        (await new Mysql2Client(site.Folder, server.Address).RunAsync("u1", "u1", null, version, statements)).Should().Be(expected);
        (await new Mysql2Client(site.Folder, proxy.Address).RunAsync("u1", "u1", null, version, statements)).Should().Be(expected);
    }

    [Theory]
    [InlineData(false, "u2", "SubjectMismatch")]
    [InlineData(true, "u2", "SubjectMismatch")]
    [InlineData(false, null, "CertificateMissing")]
    [InlineData(true, null, "CertificateMissing")]
    public async Task WrongCertificate_IsRejected(bool isThroughProxy, string? certificate, string reason)
    {
        ClientProgram.Mysql2.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        ILoginClient client = site.Client(ClientProgram.Mysql2, isThroughProxy ? proxy.Address : server.Address);
        (await client.LogInAsync("u1", certificate)).Should().Be(
            "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)");
        site.Rejections().Should().Equal(reason);
    }

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task CertificateFromAnUntrustedCa_FailsTheHandshake(string version)
    {
        ClientProgram.Mysql2.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        (await new Mysql2Client(site.Folder, server.Address).RunAsync("u1", "stranger", null, version, ["select 1"]))
            .Should().StartWith("ERROR ");
        (await site.WaitForLogAsync("\"handshake\"")).Should().Contain("CertificateBadSignature");
        site.Events("login").Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangeUser_UsesTheSameCertificate(bool isThroughProxy)
    {
        ClientProgram.Mysql2.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        Mysql2Client client = new(site.Folder, isThroughProxy ? proxy.Address : server.Address);
        (await client.RunAsync("u1", "u1", null, "", ["select current_user()"], 1, "x509", "u2", "ssl")).Should().Be(
            "u1@%\nx509@%\nERROR 1045 (28000): Access denied for user 'u2'@'127.0.0.1' (using password: NO)");
        site.Rejections().Should().Equal("SanMismatch");
    }

    // mysql2 keeps TLS sessions to resume them. A resumed session has no verified certificate, so the server resumes none.
    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task SecondConnection_PresentsItsCertificateAgain(string version)
    {
        ClientProgram.Mysql2.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Mysql2Client client = new(site.Folder, server.Address);
        (await client.RunAsync("u1", "u1", null, version, ["select current_user()"], connections: 3)).Should().Be("u1@%\nu1@%\nu1@%");
        site.Events("login").Should().AllSatisfy(login => login.GetProperty("tls").GetProperty("certificate").GetString()
            .Should().Be("/C=NL/O=Example/CN=u1"));
    }
}

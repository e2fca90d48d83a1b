using CertAuth.EndToEnd.Tests.Support;
using MySqlLogin.Proxy;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>Node's mysql2 logs in by certificate.</summary>
public sealed class Mysql2Tests
{
    private const string Version = "show status like 'Ssl_version'";

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Certificate_LogsIn_DirectlyAndThroughTheProxy(string version)
    {
        ClientProgram.Mysql2.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        string[] statements = ["select current_user()", Version];
        string expected = $"u1@%\nSsl_version\t{version}";
        Assert.Equal(expected, await new Mysql2Client(site.Folder, server.Address).RunAsync("u1", "u1", null, version, statements));
        Assert.Equal(expected, await new Mysql2Client(site.Folder, proxy.Address).RunAsync("u1", "u1", null, version, statements));
    }

    [Theory]
    [InlineData(false, "u2", "SubjectMismatch")]
    [InlineData(true, "u2", "SubjectMismatch")]
    [InlineData(false, null, "CertificateMissing")]
    [InlineData(true, null, "CertificateMissing")]
    public async Task WrongCertificate_IsDenied(bool isThroughProxy, string? certificate, string reason)
    {
        ClientProgram.Mysql2.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        ILoginClient client = site.Client(ClientProgram.Mysql2, isThroughProxy ? proxy.Address : server.Address);
        Assert.Equal(
            "ERROR 1045 (28000): Access denied for user 'u1'@'127.0.0.1' (using password: NO)", await client.LogInAsync("u1", certificate));
        Assert.Equal([reason], site.Denials());
    }

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task CertificateOfAStranger_FailsTheHandshake(string version)
    {
        ClientProgram.Mysql2.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Assert.StartsWith(
            "ERROR ", await new Mysql2Client(site.Folder, server.Address).RunAsync("u1", "stranger", null, version, ["select 1"]), StringComparison.Ordinal);
        Assert.Contains("BadSignature", await site.WaitForLogAsync("\"handshake\""), StringComparison.Ordinal);
        Assert.Empty(site.Events("login"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangedUser_IsDecidedByTheSameCertificate(bool isThroughProxy)
    {
        ClientProgram.Mysql2.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        Mysql2Client client = new(site.Folder, isThroughProxy ? proxy.Address : server.Address);
        Assert.Equal(
            "u1@%\nx509@%\nERROR 1045 (28000): Access denied for user 'u2'@'127.0.0.1' (using password: NO)",
            await client.RunAsync("u1", "u1", null, "", ["select current_user()"], 1, "x509", "u2", "ssl"));
        Assert.Equal(["SanMismatch"], site.Denials());
    }

    // mysql2 keeps TLS sessions, to resume them: a resumed one has no certificate that was verified, and so the server resumes none.
    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task SecondConnection_ShowsItsCertificateAgain(string version)
    {
        ClientProgram.Mysql2.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        Mysql2Client client = new(site.Folder, server.Address);
        Assert.Equal("u1@%\nu1@%\nu1@%", await client.RunAsync("u1", "u1", null, version, ["select current_user()"], connections: 3));
        Assert.All(site.Events("login"), login => Assert.Equal(
            "/C=NL/O=Example/CN=u1", login.GetProperty("tls").GetProperty("certificate").GetString()));
    }
}

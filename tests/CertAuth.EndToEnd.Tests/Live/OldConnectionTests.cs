using System.Net;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>Another login on a connection (COM_CHANGE_USER) verifies the certificate again and does not rely on the handshake.</summary>
public sealed class OldConnectionTests
{
    // Accounts that require no certificate are included, because a new connection with this certificate would fail the handshake.
    private static readonly string[] s_accounts = ["u1", "x509", "ssl", "anybody"];

    private readonly FixedClock _clock = new(TimeProvider.System.GetUtcNow());

    public static TheoryData<bool> Ways => [false, true];

    // Attack: a connection pool keeps connections after their certificate has expired.
    [Theory, MemberData(nameof(Ways))]
    public async Task ChangeUser_IsRejected_AfterTheCertificateExpired(bool proxied)
    {
        await using Site site = new();
        DateTimeOffset start = _clock.Now, end = start.AddHours(1);
        TestCertificateRequest shortLived = new() { Subject = SiteAuthority.NameOf("u1"), NotAfter = end };
        SiteAuthority.Install(site.Folder).WriteClient("u1", shortLived);
        (IPEndPoint address, _) = await StartAsync(site, proxied);
        foreach (string account in s_accounts)
        {
            _clock.Now = start;
            using RawClient client = await LogInAsync(site, address);
            await AssertChangesAsync(client, "x509");

            _clock.Now = end.AddSeconds(1);
            await AssertIsRejectedAsync(site, client, account, proxied, "CertificateExpired");
        }
    }

    // Attack: a login with a certificate of a CA that was removed because its key was compromised.
    [Theory, MemberData(nameof(Ways))]
    public async Task ChangeUser_IsRejected_AfterTheCaWasRemoved(bool proxied)
    {
        await using Site site = new();
        (IPEndPoint address, Func<Task> reload) = await StartAsync(site, proxied);
        RawClient[] clients = [.. await Task.WhenAll(s_accounts.Select(_ => LogInAsync(site, address)))];
        string old = await File.ReadAllTextAsync(site.Folder.Ca, TestContext.Current.CancellationToken);
        string next = TestCertificateAuthority.Create(SiteAuthority.NameOf("Example CA")).Pem;

        SiteAuthority.Replace(site.Folder.Ca, next + old);
        await reload();
        foreach (RawClient client in clients)
            await AssertChangesAsync(client, "u1");

        SiteAuthority.Replace(site.Folder.Ca, next);
        await reload();
        for (int i = 0; i < clients.Length; i++)
            await AssertIsRejectedAsync(site, clients[i], s_accounts[i], proxied, "CertificateBadSignature");
    }

    private static Task<RawClient> LogInAsync(Site site, IPEndPoint address) =>
        RawClient.LogInAsync(address, "u1", RawClient.CreateTls(site.Folder, "u1"));

    private static async Task AssertChangesAsync(RawClient client, string user)
    {
        await client.SendAsync(0, LoginPackets.ChangeTo(user));
        await client.AssertOkAsync();
    }

    private static async Task AssertIsRejectedAsync(Site site, RawClient client, string user, bool proxied, string reason)
    {
        await client.SendAsync(0, LoginPackets.ChangeTo(user));
        (int code, string text) = RawClient.ReadError(await client.ReadAsync());
        (code, text).Should().Be((1045, $"#28000Access denied for user '{user}'@'127.0.0.1' (using password: NO)"));
        await client.AssertClosedAsync();

        // The proxy does not forward the login, so the server does not log it.
        string line = await site.WaitForLogAsync(proxied ? "\"change_user\"" : "\"rejected\"");
        line.Should().Contain($"\"user\":\"{user}\"").And.Contain($"\"reason\":\"{reason}\"");
        site.Rejections().Should().HaveCount(proxied ? 0 : site.Rejections().Count(rejection => rejection == reason));
    }

    // The program that terminates the client's TLS uses the test clock.
    private async Task<(IPEndPoint Address, Func<Task> Reload)> StartAsync(Site site, bool proxied)
    {
        if (!proxied)
        {
            LoginServer direct = await site.StartServerAsync(options => options with { Clock = _clock });
            return (direct.Address, direct.Files.ReloadAsync);
        }

        LoginServer server = await site.StartServerBehindProxyAsync();
        var proxy = await site.StartProxyAsync(server.Address, options => options with { Clock = _clock });
        return (proxy.Address, proxy.Files.ReloadAsync);
    }
}

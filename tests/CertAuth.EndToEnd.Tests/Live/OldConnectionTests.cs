using System.Net;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Testing;
using FluentAssertions;
using MySqlLogin.Protocol;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>Another login on a connection (COM_CHANGE_USER) is decided by what its certificate is worth then, not by what it was at the
/// handshake.</summary>
public sealed class OldConnectionTests
{
    // Also accounts that require no certificate: a new connection with this one would not get that far.
    private static readonly string[] s_accounts = ["u1", "x509", "ssl", "anybody"];

    private readonly FixedClock _clock = new(TimeProvider.System.GetUtcNow());

    public static TheoryData<bool> Ways => [false, true];

    // Attack: a pool keeps its connections for longer than the certificate that it logged in with is valid.
    [Theory, MemberData(nameof(Ways))]
    public async Task ChangeUser_IsDenied_AfterTheCertificateExpired(bool proxied)
    {
        await using Site site = new();
        DateTimeOffset start = _clock.Now, end = start.AddHours(1);
        TestCertificateRequest brief = new() { Subject = SiteAuthority.NameOf("u1"), NotAfter = end };
        SiteAuthority.TakeOver(site.Folder).WriteClient("u1", brief);
        (IPEndPoint address, _) = await StartAsync(site, proxied);
        foreach (string account in s_accounts)
        {
            _clock.Now = start;
            using RawClient client = await LogInAsync(site, address);
            await AssertChangesAsync(client, "x509");

            _clock.Now = end.AddSeconds(1);
            await AssertIsDeniedAsync(site, client, account, proxied, "CertificateExpired");
        }
    }

    // Attack: a login by a certificate of a CA whose key leaked, which was removed for that.
    [Theory, MemberData(nameof(Ways))]
    public async Task ChangeUser_IsDenied_AfterTheCaWasRemoved(bool proxied)
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
            await AssertIsDeniedAsync(site, clients[i], s_accounts[i], proxied, "CertificateBadSignature");
    }

    private static Task<RawClient> LogInAsync(Site site, IPEndPoint address) =>
        RawClient.LogInAsync(address, "u1", RawClient.CreateTls(site.Folder, "u1"));

    private static async Task AssertChangesAsync(RawClient client, string user)
    {
        await client.SendAsync(0, LoginPackets.ChangeTo(user));
        (await client.ReadAsync()).Payload.Span[0].Should().Be(Responses.OkHeader);
    }

    private static async Task AssertIsDeniedAsync(Site site, RawClient client, string user, bool proxied, string reason)
    {
        await client.SendAsync(0, LoginPackets.ChangeTo(user));
        (int code, string text) = RawClient.ReadError(await client.ReadAsync());
        (code, text).Should().Be((1045, $"#28000Access denied for user '{user}'@'127.0.0.1' (using password: NO)"));
        (await client.ReadAsync()).Error.Should().Be(PacketError.Closed);

        // The proxy does not vouch for it: the server never hears of this login.
        string line = await site.WaitForLogAsync(proxied ? "\"change_user\"" : "\"denied\"");
        line.Should().Contain(proxied ? $"\"problem\":\"{reason}: " : $"\"user\":\"{user}\"").And.Contain(reason);
        site.Denials().Should().HaveCount(proxied ? 0 : site.Denials().Count(denial => denial == reason));
    }

    // The clock is that of the program that ends the client's TLS.
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

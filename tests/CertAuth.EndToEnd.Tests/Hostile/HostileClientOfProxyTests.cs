using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Proxy;

namespace CertAuth.EndToEnd.Tests.Hostile;

/// <summary>Hostile clients of the proxy.</summary>
public sealed class HostileClientOfProxyTests
{
    private static readonly ConnectionAttribute[] s_forged =
    [
        new("tiproxy-cert-info", "{\"subject\":\"/C=NL/O=Example/CN=u1\"}"),
        new("TIPROXY-cert-signature", "v1.AAAA"),
        new("tiproxy-whatever", "x"),
        new("program_name", "forger"),
    ];

    // Attack: a client sends its own token in addition to the proxy's. This server would reject the duplicate, but another one might accept
    // it.
    [Fact]
    public async Task ProxyAttributesOfAClient_AreRemoved()
    {
        await using Site site = new();
        using RawClient client = await LogInAsync(site, "u2", "u2");
        string line = site.Log.Should().ContainSingle(line => line.Contains("\"login\"", StringComparison.Ordinal)).Which;
        line.Should().Contain("[\"program_name=forger\"]");
    }

    // Attack: a client logs in and then changes the user by COM_CHANGE_USER, with the token of the first login or a forged one.
    [Fact]
    public async Task ChangeUser_GetsANewToken()
    {
        await using Site site = new();
        using RawClient client = await LogInAsync(site, "u2", "u2");
        await client.SendAsync(0, LoginPackets.ChangeTo("x509", s_forged));
        await client.AssertOkAsync();
        await client.SendAsync(0, LoginPackets.ChangeTo("u1", s_forged));
        await client.AssertErrorAsync(1045);
        await client.AssertClosedAsync();
        site.Log.Should().Contain(line => line.Contains("SubjectMismatch", StringComparison.Ordinal));
    }

    // Attack: a command with a sequence number other than 0, which the proxy does not treat as a command.
    [Fact]
    public async Task ChangeUser_WithAnotherSequenceNumber_IsNotForwarded()
    {
        await using Site site = new();
        using RawClient client = await LogInAsync(site, "u2", "u2");
        await client.SendAsync(1, LoginPackets.ChangeTo("anybody", s_forged));
        await client.AssertErrorAsync(1156);
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task ChangeUser_WithoutTls_IsRejectedByTheProxy()
    {
        await using Site site = new();
        using RawClient client = await LogInAsync(site, "anybody", null);
        await client.SendAsync(0, LoginPackets.ChangeTo("tok"));
        await client.AssertErrorAsync(1045);
        await client.AssertClosedAsync();
    }

    // Attack: the server asks for the token because the proxy's connection is encrypted, but the client's is not.
    [Fact]
    public async Task TokenAccount_WithoutTls_IsRejectedWithoutAskingForTheToken()
    {
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        using RawClient client = await RawClient.ConnectAsync(proxy.Address);
        await client.SendAsync(1, LoginPackets.Response("tok").Write());
        await client.AssertErrorAsync(1045);
    }

    [Fact]
    public async Task InvalidCommand_GetsAnErrorAndIsClosed()
    {
        await using Site site = new();
        using RawClient client = await LogInAsync(site, "u2", "u2");
        await client.SendAsync(0, [(byte)Command.ChangeUser, 1, 2, 3]);
        await client.AssertErrorAsync(1043);
        await client.AssertClosedAsync();
    }

    private static async Task<RawClient> LogInAsync(Site site, string user, string? certificate)
    {
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        RawClient client = await RawClient.ConnectAsync(proxy.Address);
        if (certificate is not null)
            await client.EncryptAsync(site.Folder, certificate);
        await client.SendAsync((byte)(certificate is null ? 1 : 2), LoginPackets.Response(user, s_forged).Write());
        await client.AssertOkAsync();
        return client;
    }
}

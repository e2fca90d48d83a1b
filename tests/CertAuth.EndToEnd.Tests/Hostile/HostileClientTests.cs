using System.Text;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Hostile;

/// <summary>Hostile clients receive an error and are disconnected. The server continues to work.</summary>
public sealed class HostileClientTests
{
    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3 }, 1043)]
    [InlineData(1, new byte[0], 1043)]
    [InlineData(5, new byte[] { 1, 2, 3 }, 1156)]
    public async Task InvalidPacket_GetsAnErrorAndIsClosed(byte sequence, byte[] payload, int code)
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(sequence, payload);
        await client.AssertErrorAsync(code);
        await client.AssertClosedAsync();
    }

    // Attack: a header announces 16 MiB. The server must neither allocate them nor wait for them.
    [Fact]
    public async Task HugePacket_IsRejected_BeforeItsPayloadIsRead()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.Stream.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF, 1 }, TestContext.Current.CancellationToken);
        await client.AssertErrorAsync(1153);
    }

    // Attack: a client sends nothing, or one byte, and keeps its slot forever.
    [Fact]
    public async Task SlowClient_IsClosed()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync(o => o with { LoginTimeout = TimeSpan.FromSeconds(10) });
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.Stream.WriteAsync(new byte[] { 40 }, TestContext.Current.CancellationToken);
        Frame answer = await client.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        answer.Error.Should().Be(PacketError.Closed);

        await site.WaitForLogAsync("\"timeout\"");
    }

    [Fact]
    public async Task ConnectionOverTheLimit_IsRejected()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync(o => o with { MaxConnections = 1 });
        using RawClient first = await RawClient.LogInAsync(server.Address, "u1", RawClient.CreateTls(site.Folder, "u1"));
        using RawClient second = await RawClient.ConnectAsync(server.Address);
        RawClient.ReadError(second.First).Should().Be((1040, "Too many connections"));
    }

    // Attack: a client pretends to be a proxy and forwards the certificate of another client.
    [Fact]
    public async Task Client_IsRejected_WhenItSendsProxyAttributes()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(1, LoginPackets.Response("anybody", new ConnectionAttribute("tiproxy-cert-info", "{}")).Write());
        await client.AssertErrorAsync(1045);

        site.Log.Should().Contain(line => line.Contains("ForwardedInfoUnexpected", StringComparison.Ordinal));
    }

    // Attack: a man in the middle appends a login to the request for TLS, so that the server reads it as if it came through TLS.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PlaintextAfterTheTlsRequest_IsNotReadAsALogin(bool proxied)
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using RawClient client = await RawClient.ConnectAsync(proxied ? (await site.StartProxyAsync(server)).Address : server.Address);
        byte[] request = (LoginPackets.Response() with { Capabilities = Capabilities.Offered }).WriteSslRequest();
        byte[] login = LoginPackets.Response("anybody").Write();
        await client.Stream.WriteAsync(
            (byte[])[(byte)request.Length, 0, 0, 1, .. request, (byte)login.Length, 0, 0, 2, .. login],
            TestContext.Current.CancellationToken);
        await site.WaitForLogAsync("\"handshake\"");

        site.Events("login").Should().BeEmpty();
        site.Events("forward").Should().BeEmpty();
    }

    // Attack: a second request for TLS inside TLS could be read as a login or start a nested handshake.
    [Fact]
    public async Task SecondTlsRequest_IsInvalid()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.EncryptAsync(site.Folder, "u1");
        await client.SendAsync(2, (LoginPackets.Response() with { Capabilities = Capabilities.Offered }).WriteSslRequest());
        await client.AssertErrorAsync(1043);
        await client.AssertClosedAsync();
    }

    // Attack: one command keeps the server busy for minutes and fills its memory.
    [Fact]
    public async Task LongStatement_IsRejected()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(1, LoginPackets.Response("anybody").Write());
        await client.AssertOkAsync();
        string statement = $"SELECT {string.Join(',', Enumerable.Repeat('1', 60_000))}";
        await client.SendAsync(0, [(byte)Command.Query, .. Encoding.ASCII.GetBytes(statement)]);
        await client.AssertErrorAsync(1064);
    }

    // Attack: an eavesdropper waits for the token. The server must not ask for it.
    [Fact]
    public async Task TokenAccount_WithoutTls_IsRejectedWithoutAskingForTheToken()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(1, LoginPackets.Response("tok").Write());
        await client.AssertErrorAsync(1045);
    }

    [Fact]
    public async Task ChangeUser_IsAuthenticatedLikeALogin()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(1, LoginPackets.Response("anybody").Write());
        await client.AssertOkAsync();
        await client.SendAsync(0, LoginPackets.ChangeTo("anybody"));
        await client.AssertOkAsync();
        await client.SendAsync(0, LoginPackets.ChangeTo("u1"));
        await client.AssertErrorAsync(1045);
        await client.AssertClosedAsync();
    }
}

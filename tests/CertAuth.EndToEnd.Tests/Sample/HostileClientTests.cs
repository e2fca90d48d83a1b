using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Sample;

/// <summary>Hostile clients of the sample are disconnected. The sample continues to work.</summary>
public sealed class HostileClientTests
{
    private const byte HeadBytes = 32;

    public static TheoryData<string, byte[]> InvalidPackets => new()
    {
        { "nothing", [0, 0, 0, 1] },
        { "a short login", [3, 0, 0, 1, 1, 2, 3] },
        { "a packet out of order", [3, 0, 0, 5, 1, 2, 3] },
        { "a header that announces 16 MiB", [0xFF, 0xFF, 0xFF, 1] },
        { "a user without an end", [HeadBytes + 2, 0, 0, 1, .. Head(), (byte)'u', (byte)'1'] },
        { "no length of the credential", [HeadBytes + 2, 0, 0, 1, .. Head(), (byte)'u', 0] },
        { "a credential that is too short", [HeadBytes + 4, 0, 0, 1, .. Head(), (byte)'u', 0, 2, 1] },
        { "a user that is not UTF-8", [HeadBytes + 3, 0, 0, 1, .. Head(), 0xC3, 0, 0] },
        { "a user of 129 bytes", [HeadBytes + 131, 0, 0, 1, .. Head(), .. Enumerable.Repeat((byte)'u', 129), 0, 0] },
        { "an old protocol", [HeadBytes + 3, 0, 0, 1, .. new byte[HeadBytes], (byte)'u', 0, 0] },
    };

    [Theory, MemberData(nameof(InvalidPackets))]
    public async Task InvalidPacket_GetsAnErrorAndIsClosed(string name, byte[] packet)
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);
        using RawClient client = await RawClient.ConnectAsync(sample.Address);
        await client.Stream.WriteAsync(packet, TestContext.Current.CancellationToken);
        await client.AssertErrorAsync(1043, name);
        await client.AssertClosedAsync();

        using RawClient next = await RawClient.LogInAsync(sample.Address, "u1", RawClient.CreateTls(site.Folder, "u1"));
    }

    // Attack: a man in the middle appends a login to the request for TLS, so that the server reads it as if it came through TLS.
    [Fact]
    public async Task PlaintextAfterTheTlsRequest_IsNotReadAsALogin()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);
        using RawClient client = await RawClient.ConnectAsync(sample.Address);
        byte[] request = (LoginPackets.Response() with { Capabilities = Capabilities.Offered }).WriteSslRequest();
        byte[] login = LoginPackets.Response("u1").Write();
        await client.Stream.WriteAsync(
            (byte[])[(byte)request.Length, 0, 0, 1, .. request, (byte)login.Length, 0, 0, 2, .. login],
            TestContext.Current.CancellationToken);
        (await sample.WaitForAsync("\"connection\":1,")).Should().Contain("\"handshake\"", "the login is not TLS");
    }

    // Attack: a client sends one byte and keeps its connection forever. The sample waits 10 seconds.
    [Fact]
    public async Task SlowClient_IsClosed()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);
        using RawClient client = await RawClient.ConnectAsync(sample.Address);
        await client.Stream.WriteAsync(new byte[] { HeadBytes }, TestContext.Current.CancellationToken);
        await client.AssertClosedAsync();
        (await sample.WaitForAsync("\"connection\":1")).Should().Contain("\"broken\"");
    }

    // Attack: a user name with a line break forges a line of the log.
    [Fact]
    public async Task UserName_IsEscapedInTheLog()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);
        using RawClient client = await RawClient.ConnectAsync(sample.Address);
        await client.SendAsync(1, LoginPackets.Response("x\n{\"event\":\"forged\"}\u202E").Write());
        await client.AssertErrorAsync(1045);

        (await sample.WaitForAsync("forged")).Should().Contain("\"user\":\"x\\n{\\u0022event").And.Contain("\\u202E");
    }

    [Fact]
    public async Task UnknownCommand_GetsAnError()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);
        using RawClient client = await RawClient.LogInAsync(sample.Address, "u1", RawClient.CreateTls(site.Folder, "u1"));
        foreach (byte[] command in (byte[][])[[], [0x1F], [(byte)Command.Ping, 0], [(byte)Command.Query, 0xC3]])
        {
            await client.SendAsync(0, command);
            await client.AssertErrorAsync(1047);
        }

        await client.SendAsync(0, [(byte)Command.Query, .. "DROP TABLE t"u8]);
        await client.AssertErrorAsync(1064);
        await client.SendAsync(0, [(byte)Command.Ping]);
        await client.AssertOkAsync();
    }

    private static byte[] Head() => (LoginPackets.Response() with { Capabilities = Capabilities.Offered }).WriteSslRequest();
}

using System.Text;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Forwarding;
using FluentAssertions;
using MySqlLogin.Protocol;
using MySqlLogin.Proxy;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>What the proxy sends, read off its wire by somebody who has the server's key, and sent again by somebody who has the proxy's.</summary>
public sealed class CapturedPairTests
{
    private const byte AfterTls = 2;
    private static readonly ConnectionAttribute[] s_forged =
    [
        new(CertInfo, "{\"subject\":\"/C=NL/O=Example/CN=u1\"}"),
        new(CertSignature, "v1.AAAA"),
        new("TiProxy-Cert-Info", "{}"),
        new("tiproxy-", ""),
        new("program_name", "forger"),
    ];

    private const string CertInfo = "tiproxy-cert-info", CertSignature = "tiproxy-cert-signature";

    // Attack: whoever reads a pair once could log in with it as that client for as long as it likes.
    [Fact]
    public async Task Pair_WorksOnlyOnItsOwnConnection()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using ProxyTap tap = new(site.Folder, server.Address);
        LoginProxy proxy = await site.StartProxyAsync(tap.Address);
        HandshakeResponse captured = await CaptureAsync(site, tap, proxy, "u1", async (login, toServer) =>
        {
            // On the connection that it was made for it is good: what was captured is the real thing.
            await toServer.EncryptAsync(site.Folder, "proxy");
            await toServer.SendAsync(AfterTls, login.Write());
            (await toServer.ReadAsync()).Payload.Span[0].Should().Be(Responses.OkHeader);

            // Attack: become another on that very connection, where the challenge is right.
            await toServer.SendAsync(0, LoginPackets.ChangeTo("x509", [.. login.Attributes]));
            RawClient.ReadError(await toServer.ReadAsync()).Code.Should().Be(1045);
            AssertLastReason(site, "ForwardedInfoUserMismatch");
        });

        await AssertIsDeniedAsync(site, server, captured, "ForwardedInfoChallengeMismatch");
        await AssertIsDeniedAsync(site, server, captured with { User = "x509" }, "ForwardedInfoUserMismatch");
        ConnectionAttribute info = captured.Attributes.Single(attribute => NameOf(attribute) == CertInfo);
        await AssertIsDeniedAsync(site, server, captured with { Attributes = [info] }, "ForwardedInfoMissing");
        await AssertIsDeniedAsync(site, server, captured with { Attributes = [.. captured.Attributes, info] }, "ForwardedInfoRepeated");
    }

    // Attack: a client's own pair, beside the proxy's or in its place.
    [Fact]
    public async Task ForgedAttributes_DoNotReachTheServer()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using ProxyTap tap = new(site.Folder, server.Address);
        LoginProxy proxy = await site.StartProxyAsync(tap.Address);
        HandshakeResponse login = await CaptureAsync(site, tap, proxy, "u2", (_, _) => Task.CompletedTask, s_forged);

        login.Attributes.Select(NameOf).Should().Equal("program_name", CertInfo, CertSignature);
        ConnectionAttribute info = login.Attributes[1];
        Encoding.UTF8.GetString(info.Value.Span).Should().Contain("/C=NL/O=Example/CN=u2");
    }

    // The login goes by the certificate that the client has, whatever it says it has.
    [Theory]
    [InlineData("u1", "SubjectMismatch")]
    [InlineData("u2", null)]
    public async Task ForgingClient_LogsInOnlyAsItself(string user, string? reason)
    {
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        (RawClient client, _) = await RawClient.ConnectAsync(proxy.Address);
        using RawClient owned = client;
        await client.EncryptAsync(site.Folder, "u2");
        await client.SendAsync(AfterTls, LoginPackets.Response(user, s_forged).Write());
        Frame answer = await client.ReadAsync();
        answer.Payload.Span[0].Should().Be(reason is null ? Responses.OkHeader : Responses.ErrorHeader);
        if (reason is not null)
            AssertLastReason(site, reason);
    }

    // With a certificate, over TLS, and to the server itself.
    [Fact]
    public async Task ForgingClient_IsRejectedByTheServer()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        (RawClient client, _) = await RawClient.ConnectAsync(server.Address);
        using RawClient owned = client;
        await client.EncryptAsync(site.Folder, "u2");
        await client.SendAsync(AfterTls, LoginPackets.Response("u2", s_forged).Write());
        RawClient.ReadError(await client.ReadAsync()).Code.Should().Be(1045);
        AssertLastReason(site, "ForwardedInfoUnexpected");
    }

    private static async Task<HandshakeResponse> CaptureAsync(
        Site site, ProxyTap tap, LoginProxy proxy, string user, Func<HandshakeResponse, RawClient, Task> use, params ConnectionAttribute[] attributes)
    {
        Task<(HandshakeResponse Login, RawClient ToServer)> capturing = tap.CaptureAsync();
        (RawClient client, _) = await RawClient.ConnectAsync(proxy.Address);
        using RawClient owned = client;
        await client.EncryptAsync(site.Folder, user);
        await client.SendAsync(AfterTls, LoginPackets.Response(user, attributes).Write());
        (HandshakeResponse login, RawClient toServer) = await capturing;
        using (toServer)
            await use(login, toServer);
        return login;
    }

    private static async Task AssertIsDeniedAsync(Site site, LoginServer server, HandshakeResponse login, string reason)
    {
        (RawClient client, _) = await RawClient.ConnectAsync(server.Address);
        using RawClient owned = client;
        await client.EncryptAsync(site.Folder, "proxy");
        await client.SendAsync(AfterTls, login.Write());
        RawClient.ReadError(await client.ReadAsync()).Code.Should().Be(1045);
        AssertLastReason(site, reason);
    }

    private static void AssertLastReason(Site site, string reason) =>
        site.Log.Last(line => line.Contains("\"event\":\"login\"", StringComparison.Ordinal)).Should().Contain($"\"reason\":\"{reason}\"");

    private static string NameOf(ConnectionAttribute attribute) => Encoding.UTF8.GetString(attribute.Name.Span);
}

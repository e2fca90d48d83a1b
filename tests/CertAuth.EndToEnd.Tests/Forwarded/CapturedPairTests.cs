using System.Text;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>A token of the proxy, captured by an attacker with the server's key and replayed by an attacker with the proxy's key.</summary>
public sealed class CapturedPairTests
{
    private const byte SequenceAfterTls = 2;
    private static readonly ConnectionAttribute[] s_forged =
    [
        new(CertInfo, "{\"subject\":\"/C=NL/O=Example/CN=u1\"}"),
        new(CertSignature, "v1.AAAA"),
        new("TiProxy-Cert-Info", "{}"),
        new("tiproxy-", ""),
        new("program_name", "forger"),
    ];

    private const string CertInfo = "tiproxy-cert-info", CertSignature = "tiproxy-cert-signature";

    // Attack: an attacker reads one token and logs in with it as that client, at any later time.
    [Fact]
    public async Task Token_IsAccepted_OnlyOnItsOwnConnection()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using ProxyTap tap = new(site.Folder, server.Address);
        LoginProxy proxy = await site.StartProxyAsync(tap.Address);
        HandshakeResponse captured = await CaptureAsync(site, tap, proxy, "u1", async (login, toServer) =>
        {
            // The captured token is valid: its own connection accepts it.
            await toServer.EncryptAsync(site.Folder, "proxy");
            await toServer.SendAsync(SequenceAfterTls, login.Write());
            await toServer.AssertOkAsync();

            // Attack: another user on the same connection, the challenge of which matches.
            await toServer.SendAsync(0, LoginPackets.ChangeTo("x509", [.. login.Attributes]));
            await toServer.AssertErrorAsync(1045);
            AssertLastReason(site, "ForwardedInfoUserMismatch");
        });

        await AssertIsRejectedAsync(site, server, captured, "ForwardedInfoChallengeMismatch");
        await AssertIsRejectedAsync(site, server, captured with { User = "x509" }, "ForwardedInfoUserMismatch");
        ConnectionAttribute info = captured.Attributes.Single(attribute => GetName(attribute) == CertInfo);
        await AssertIsRejectedAsync(site, server, captured with { Attributes = [info] }, "ForwardedInfoMissing");
        await AssertIsRejectedAsync(site, server, captured with { Attributes = [.. captured.Attributes, info] }, "ForwardedInfoRepeated");
    }

    // Attack: a client sends a token of its own, in addition to the proxy's or instead of it.
    [Fact]
    public async Task ForgedAttributes_DoNotReachTheServer()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using ProxyTap tap = new(site.Folder, server.Address);
        LoginProxy proxy = await site.StartProxyAsync(tap.Address);
        HandshakeResponse login = await CaptureAsync(site, tap, proxy, "u2", (_, _) => Task.CompletedTask, s_forged);

        login.Attributes.Select(GetName).Should().Equal("program_name", CertInfo, CertSignature);
        ConnectionAttribute info = login.Attributes[1];
        Encoding.UTF8.GetString(info.Value.Span).Should().Contain("/C=NL/O=Example/CN=u2");
    }

    // The client's real certificate decides the login, not the one in its forged token.
    [Theory]
    [InlineData("u1", "SubjectMismatch")]
    [InlineData("u2", null)]
    public async Task ForgingClient_LogsInOnlyAsItself(string user, string? reason)
    {
        await using Site site = new();
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        using RawClient client = await RawClient.ConnectAsync(proxy.Address);
        await client.EncryptAsync(site.Folder, "u2");
        await client.SendAsync(SequenceAfterTls, LoginPackets.Response(user, s_forged).Write());
        Frame answer = await client.ReadAsync();
        answer.Payload.Span[0].Should().Be(reason is null ? Responses.OkHeader : Responses.ErrorHeader);
        if (reason is not null)
            AssertLastReason(site, reason);
    }

    // The client connects directly to the server over TLS with a certificate.
    [Fact]
    public async Task ForgingClient_IsRejectedByTheServer()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.EncryptAsync(site.Folder, "u2");
        await client.SendAsync(SequenceAfterTls, LoginPackets.Response("u2", s_forged).Write());
        await client.AssertErrorAsync(1045);
        AssertLastReason(site, "ForwardedInfoUnexpected");
    }

    private static async Task<HandshakeResponse> CaptureAsync(
        Site site,
        ProxyTap tap,
        LoginProxy proxy,
        string user,
        Func<HandshakeResponse, RawClient, Task> use,
        params ConnectionAttribute[] attributes)
    {
        Task<(HandshakeResponse Login, RawClient ToServer)> capturing = tap.CaptureAsync();
        using RawClient client = await RawClient.ConnectAsync(proxy.Address);
        await client.EncryptAsync(site.Folder, user);
        await client.SendAsync(SequenceAfterTls, LoginPackets.Response(user, attributes).Write());
        (HandshakeResponse login, RawClient toServer) = await capturing;
        using (toServer)
            await use(login, toServer);
        return login;
    }

    private static async Task AssertIsRejectedAsync(Site site, LoginServer server, HandshakeResponse login, string reason)
    {
        using RawClient client = await RawClient.ConnectAsync(server.Address);
        await client.EncryptAsync(site.Folder, "proxy");
        await client.SendAsync(SequenceAfterTls, login.Write());
        await client.AssertErrorAsync(1045);
        AssertLastReason(site, reason);
    }

    private static void AssertLastReason(Site site, string reason) =>
        site.Log.Last(line => line.Contains("\"event\":\"login\"", StringComparison.Ordinal)).Should().Contain($"\"reason\":\"{reason}\"");

    private static string GetName(ConnectionAttribute attribute) => Encoding.UTF8.GetString(attribute.Name.Span);
}

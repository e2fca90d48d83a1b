using System.Globalization;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>Attack: a client tries user names to learn from the server's requests which accounts exist and which log in by token.</summary>
public sealed class TokenRequestTests
{
    private const string OtherPlugin = "caching_sha2_password";

    // Accounts that log in by token, by certificate and by an empty password, and unknown accounts.
    private static readonly string[] s_names = ["tok", "u1", "u2", "x509", "ssl", "anybody", "nosuch", "root", ""];

    // Without its plugin directory, the client cannot send a clear-text password. It reports this when the server asks for one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RealClient_GetsTheSameRequest_ForEveryName(bool proxied)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerBehindProxyAsync();
        MariaDbClient client = site.Client(proxied ? (await site.StartProxyAsync(server)).Address : server.Address);
        foreach (string name in s_names.Where(name => name.Length > 0))
        {
            string printed = await client.RunAsync(name, null, "select 1", "-psecret", "--plugin-dir=/nonexistent");
            printed.Should().Contain("Plugin mysql_clear_password could not be loaded", $"{name} is asked for clear text");

            string answered = await client.RunAsync(name, null, "select 1", "-psecret");
            answered.Should().Be($"ERROR 1045 (28000): Access denied for user '{name}'@'127.0.0.1' (using password: YES)");
        }
    }

    [Theory]
    [InlineData(Responses.NativePassword, "x", "u2", true)]
    [InlineData(Responses.NativePassword, "x", null, true)]
    [InlineData(Responses.NativePassword, "", null, false)]
    [InlineData(Responses.NativePassword, "\0", null, false)]
    [InlineData(OtherPlugin, "", null, true)]
    [InlineData(OtherPlugin, "", "u2", false)]
    [InlineData(OtherPlugin, "x", "u2", true)]
    [InlineData(Responses.ClearPassword, "x", null, false)]
    public async Task Request_DependsOnlyOnWhatTheClientPresents(string plugin, string answer, string? certificate, bool isAsked)
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        foreach (string name in s_names)
        {
            using RawClient client = await OpenAsync(site, server, certificate);
            HandshakeResponse response = LoginPackets.Response(name) with
            {
                Plugin = plugin,
                Authentication = System.Text.Encoding.ASCII.GetBytes(answer),
            };
            await client.SendAsync(2, response.Write());

            byte[] first = (await client.ReadAsync()).Payload.ToArray();
            if (isAsked)
                first.Should().Equal(Responses.SwitchTo(Responses.ClearPassword), $"{name} is asked");
            else
                first[0].Should().BeOneOf([Responses.OkHeader, Responses.ErrorHeader], $"{name} is not asked");
        }
    }

    // The answers differ only in the user name.
    [Fact]
    public async Task Rejections_AreIdenticalPackets()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        foreach (string credential in new[] { "", "\0", "secret\0", "a.b.c\0" })
        {
            HashSet<string> conversations = [];
            foreach (string name in s_names.Where(name => name is not ("ssl" or "anybody")))
            {
                using RawClient client = await OpenAsync(site, server, certificate: null);
                await client.SendAsync(2, (LoginPackets.Response(name) with { Authentication = new byte[] { 1 } }).Write());
                byte[] question = (await client.ReadAsync()).Payload.ToArray();
                await client.SendAsync(4, System.Text.Encoding.ASCII.GetBytes(credential));
                (int code, string text) = RawClient.ReadError(await client.ReadAsync());
                string answer = text.Replace($"'{name}'", "NAME", StringComparison.Ordinal);
                conversations.Add(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(question)} {code} {answer}"));
            }

            conversations.Should().ContainSingle();
        }
    }

    // A credential must not be sent in clear text, and a server without token keys does not need one.
    [Fact]
    public async Task Server_AsksForNoToken_WithoutTlsOrKeys()
    {
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        await File.WriteAllTextAsync(site.Folder.Accounts, "CREATE USER ssl REQUIRE SSL;", TestContext.Current.CancellationToken);
        File.Delete(site.Folder.KeySet);
        LoginServer withoutKeys = await site.StartServerAsync();
        foreach (string name in s_names)
        {
            using RawClient plain = await RawClient.OpenAsync(server.Address);
            await plain.ReadAsync();
            await plain.SendAsync(1, (LoginPackets.Response(name) with { Authentication = new byte[] { 1 } }).Write());
            await plain.AssertErrorAsync(1045);

            using RawClient encrypted = await OpenAsync(site, withoutKeys, certificate: null);
            await encrypted.SendAsync(2, (LoginPackets.Response(name) with { Authentication = new byte[] { 1 } }).Write());
            await encrypted.AssertErrorAsync(1045);
        }
    }

    private static async Task<RawClient> OpenAsync(Site site, LoginServer server, string? certificate)
    {
        RawClient client = await RawClient.ConnectAsync(server.Address);
        await (certificate is null ? client.EncryptAsync(RawClient.CreateTls(site.Folder)) : client.EncryptAsync(site.Folder, certificate));
        return client;
    }
}

using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>Logins by token, which each program sends through mysql_clear_password. Only the log contains the reason of a
/// rejection.</summary>
public sealed class TokenTests
{
    private static readonly (TokenDefect Defect, string Reason)[] s_wrongTokens =
    [
        (TokenDefect.OtherSubject, "TokenSubjectMismatch"),
        (TokenDefect.OtherEmail, "TokenEmailMismatch"),
        (TokenDefect.OtherIssuer, "TokenIssuerMismatch"),
        (TokenDefect.Expired, "TokenExpired"),
        (TokenDefect.IssuedTooLongAgo, "TokenMaxAgeExceeded"),
        (TokenDefect.OtherKeyId, "TokenKeyUnknown"),
        (TokenDefect.OtherKeySameId, "TokenBadSignature"),
    ];

    public static TheoryData<ClientProgram> Programs => [.. Enum.GetValues<ClientProgram>()];

    [Theory, MemberData(nameof(Programs))]
    public async Task Token_LogsIn_DirectlyAndThroughTheProxy(ClientProgram program)
    {
        program.SkipIfMissing();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        string token = issuer.Mint(TokenDefect.None);
        (await site.Client(program, server.Address).LogInAsync("tok", token: token)).Should().Be("tok@%");
        (await site.Client(program, proxy.Address).LogInAsync("tok", token: token)).Should().Be("tok@%");
        site.Rejections().Should().BeEmpty();
        site.Log.Should().NotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    // The deprecation warning of the old option on standard error is ignored.
    [Fact]
    public async Task Token_LogsIn_WithTheOptionOfTheDocumentation()
    {
        ClientProgram.MariaDb.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunAsync(
            "tok", null, "select current_user()", "--enable-cleartext-plugin", $"-p{site.MintToken("tok")}");
        output.Split('\n').Should().Contain("tok@%");
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task WrongToken_IsRejected_AndTheLogHasTheReason(ClientProgram program)
    {
        program.SkipIfMissing();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginServer server = await site.StartServerAsync();
        await AssertRejectedAsync(
            site, site.Client(program, server.Address), issuer, [.. s_wrongTokens, (TokenDefect.WithoutTls, "TokenWithoutTls")]);
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task WrongToken_IsRejected_ThroughTheProxy(ClientProgram program)
    {
        program.SkipIfMissing();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        ILoginClient client = site.Client(program, proxy.Address);
        await AssertRejectedAsync(site, client, issuer, s_wrongTokens);

        // The proxy itself rejects the login. The server would ask for a token, because its connection to the proxy has TLS.
        string output = await client.LogInAsync("tok", token: issuer.Mint(TokenDefect.None), isEncrypted: false);
        output.Should().Be(GetAccessDeniedMessage(client));
        site.Events("forward").Last().GetProperty("problem").GetString().Should().StartWith("A login by token requires TLS ");
    }

    private static string GetAccessDeniedMessage(ILoginClient client) =>
        client.Show(1045, "28000", "Access denied for user 'tok'@'127.0.0.1' (using password: YES)");

    private static async Task AssertRejectedAsync(
        Site site, ILoginClient client, TokenIssuer issuer, (TokenDefect Defect, string Reason)[] table)
    {
        List<(TokenDefect Defect, string Reason, string Output)> seen = [];
        foreach ((TokenDefect defect, _) in table)
        {
            int before = site.Rejections().Count();
            string token = issuer.Mint(defect);
            string output = await client.LogInAsync("tok", token: token, isEncrypted: defect != TokenDefect.WithoutTls);

            // mycli makes two attempts.
            seen.Add((defect, string.Join(' ', site.Rejections().Skip(before).Distinct()), output));
            site.Log.Should().NotContain(line => line.Contains(token, StringComparison.Ordinal));
        }

        seen.Should().Equal(table.Select(row => (row.Defect, row.Reason, GetAccessDeniedMessage(client))));
    }
}

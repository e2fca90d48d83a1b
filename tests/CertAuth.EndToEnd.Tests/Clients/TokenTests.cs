using CertAuth.EndToEnd.Tests.Support;
using FluentAssertions;
using MySqlLogin.Proxy;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>Logins by token, which each program sends through mysql_clear_password. The program learns that it is denied, the log why.</summary>
public sealed class TokenTests
{
    private static readonly (TokenDefect Fault, string Reason)[] s_wrongTokens =
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
        program.Need();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginServer server = await site.StartServerBehindProxyAsync();
        LoginProxy proxy = await site.StartProxyAsync(server);
        string token = issuer.Mint(TokenDefect.None);
        (await site.Client(program, server.Address).LogInAsync("tok", token: token)).Should().Be("tok@%");
        (await site.Client(program, proxy.Address).LogInAsync("tok", token: token)).Should().Be("tok@%");
        site.Denials().Should().BeEmpty();
        site.Log.Should().NotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    // What the old option says of itself on standard error is not looked at.
    [Fact]
    public async Task Token_LogsIn_AlsoWithTheOptionOfTheDocumentation()
    {
        ClientProgram.MariaDb.Need();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        string output = await site.Client(server.Address).RunAsync(
            "tok", null, "select current_user()", "--enable-cleartext-plugin", $"-p{site.MintToken("tok")}");
        output.Split('\n').Should().Contain("tok@%");
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task WrongToken_IsDenied_AndTheLogHasTheReason(ClientProgram program)
    {
        program.Need();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginServer server = await site.StartServerAsync();
        await AssertDeniedAsync(site, site.Client(program, server.Address), issuer, [.. s_wrongTokens, (TokenDefect.WithoutTls, "TokenWithoutTls")]);
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task WrongToken_IsDeniedThroughTheProxyAsWell(ClientProgram program)
    {
        program.Need();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        issuer.Publish(issuer.Key);
        LoginProxy proxy = await site.StartProxyAsync(await site.StartServerBehindProxyAsync());
        ILoginClient client = site.Client(program, proxy.Address);
        await AssertDeniedAsync(site, client, issuer, s_wrongTokens);

        // The proxy refuses by itself what the server, which it has TLS with, would ask for.
        string output = await client.LogInAsync("tok", token: issuer.Mint(TokenDefect.None), isEncrypted: false);
        output.Should().Be(Denied(client));
        site.Events("forward").Last().GetProperty("problem").GetString().Should().StartWith("A login by token requires TLS ");
    }

    private static string Denied(ILoginClient client) =>
        client.Show(1045, "28000", "Access denied for user 'tok'@'127.0.0.1' (using password: YES)");

    private static async Task AssertDeniedAsync(Site site, ILoginClient client, TokenIssuer issuer, (TokenDefect Fault, string Reason)[] table)
    {
        List<(TokenDefect Fault, string Reason, string Output)> seen = [];
        foreach ((TokenDefect fault, _) in table)
        {
            int before = site.Denials().Count();
            string token = issuer.Mint(fault);
            string output = await client.LogInAsync("tok", token: token, isEncrypted: fault != TokenDefect.WithoutTls);

            // mycli tries twice.
            seen.Add((fault, string.Join(' ', site.Denials().Skip(before).Distinct()), output));
            site.Log.Should().NotContain(line => line.Contains(token, StringComparison.Ordinal));
        }

        seen.Should().Equal(table.Select(row => (row.Fault, row.Reason, Denied(client))));
    }
}

using System.Collections.Concurrent;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>A rotation of a token key as described in docs/rotation.md, while programs log in by token. No login fails.</summary>
public sealed class KeyRotationTests
{
    private const int MinLogins = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentBag<string> _logins = [];

    [Fact]
    public async Task Logins_Succeed_WhileTheKeyIsReplaced()
    {
        ClientProgram.MariaDb.SkipIfMissing();
        await using Site site = new();
        TokenIssuer issuer = new(site);
        TestTokenKey old = issuer.Key, next = TokenIssuer.CreateKey("key-2");
        issuer.Publish(old);
        LoginServer server = await site.StartServerAsync(options => options with { PollInterval = TimeSpan.FromSeconds(1) });
        ILoginClient[] clients =
        [
            site.Client(ClientProgram.MariaDb, server.Address),
            .. Enum.GetValues<ClientProgram>().Where(program => program.IsInstalled())
                .Select(program => site.Client(program, server.Address)),
        ];

        Task logins = LogInAsync(clients, old, () => true);
        issuer.Publish(old, next);
        await logins;

        // The first token of the new key makes the server reload the file unless it has already done so.
        await Task.WhenAll(LogInAsync(clients, next, () => IsLogged(site, "keys (2)")), LogInAsync(clients[..1], old, () => true));

        logins = LogInAsync(clients, next, () => IsLogged(site, "keys (1): key-2"));
        issuer.Publish(next);
        await logins;

        _logins.Should().AllSatisfy(output => output.Should().Be("tok@%"));
        _logins.Count.Should().BeGreaterThanOrEqualTo(30, $"{_logins.Count} logins");
        site.Rejections().Should().BeEmpty();

        (await clients[0].LogInAsync("tok", token: TokenIssuer.Mint(old))).Should().StartWith("ERROR 1045");
        site.Rejections().Should().Equal("TokenKeyUnknown");
        (await clients[0].LogInAsync("tok", token: TokenIssuer.Mint(next))).Should().Be("tok@%");
    }

    // Each program logs in at least MinLogins times and until the condition is true.
    private async Task LogInAsync(ILoginClient[] clients, TestTokenKey key, Func<bool> isOver)
    {
        using CancellationTokenSource hanging = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hanging.CancelAfter(s_limit);
        await Task.WhenAll(clients.Select(async client =>
        {
            for (int i = 0; i < MinLogins || !isOver(); i++)
            {
                hanging.Token.ThrowIfCancellationRequested();
                _logins.Add(await client.LogInAsync("tok", token: TokenIssuer.Mint(key)));
            }
        }));
    }

    private static bool IsLogged(Site site, string text) => site.Log.Any(line => line.Contains(text, StringComparison.Ordinal));
}

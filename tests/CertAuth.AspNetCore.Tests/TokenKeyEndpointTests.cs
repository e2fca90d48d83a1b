using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Reloading;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.AspNetCore.Tests;

/// <summary>Logins with tokens and a JWK set from an endpoint that counts its requests.</summary>
public sealed class TokenKeyEndpointTests
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TestTokenKey s_oldKey = TestTokenKey.Create("old", SignatureAlgorithm.ES256);
    private static readonly TestTokenKey s_newKey = TestTokenKey.Create("new", SignatureAlgorithm.ES256);
    private static readonly byte[] s_oldSet = TestTokenKey.CreateJwkSet(s_oldKey);
    private static readonly byte[] s_newSet = TestTokenKey.CreateJwkSet(s_oldKey, s_newKey);
    private static readonly byte[] s_oldToken = Mint(s_oldKey);
    private static readonly byte[] s_newToken = Mint(s_newKey);
    private static readonly Account s_alice = Account.WithToken("alice", LoginRequirement.None, "alice@x.test");
    private static readonly AuthTokenOptions s_validation =
        new() { TimeProvider = new FixedClock(s_now), AllowTokensWithoutTls = true };

    private readonly FixedClock _clock = new(s_now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReloadOptions Options => new() { TimeProvider = _clock, ReadTimeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task UnknownKeys_CauseOneRequestInThirtySeconds()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_oldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        await AttackAsync(authenticator, 100_000);
        server.Requests.Should().Be(2);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        await AttackAsync(authenticator, 1_000);
        server.Requests.Should().Be(2);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await AttackAsync(authenticator, 1_000);
        server.Requests.Should().Be(3);
    }

    [Fact]
    public async Task LoginsWithANewKey_ShareOneRequest()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_oldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        server.Handler = Responses.SendContent(s_newSet, "\"2\"");
        AuthenticationResult[] results =
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => LogInAsync(authenticator, s_newToken), Cancellation)));

        results.Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        server.Requests.Should().Be(2);
    }

    [Fact]
    public async Task StallingServer_DelaysOnlyLoginsWithUnknownKeys()
    {
        TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_oldSet));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        server.Handler = context =>
        {
            requested.TrySetResult();
            return Responses.SendNothingAsync(context);
        };
        Task<AuthenticationResult> waiting = LogInAsync(authenticator, s_newToken);
        await requested.Task.WaitAsync(s_maxWait, Cancellation);
        Task<AuthenticationResult> good = LogInAsync(authenticator, s_oldToken);
        good.IsCompleted.Should().BeTrue();
        (await good).Succeeded.Should().BeTrue();
        waiting.IsCompleted.Should().BeFalse();

        await Eventually.HoldsAsync(() => _clock.HasTimer(Options.ReadTimeout));
        _clock.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.Should().BeFalse();
        server.Handler = Responses.SendContent(s_newSet);
        _clock.Advance(TimeSpan.FromSeconds(31));
        (await GetReasonAsync(waiting)).Should().Be(RejectionReason.None);
        server.Requests.Should().Be(3);
    }

    [Fact]
    public async Task Logins_AreRejectedUntilTheServerRecovers_WhenTheKeysAreStale()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_oldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys =
            await server.OpenAsync(Options with { MaxAge = TimeSpan.FromDays(1), PollInterval = TimeSpan.FromDays(1) });
        TokenAuthenticator authenticator = new(keys, s_validation);

        await server.StopAsync();
        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await GetReasonAsync(LogInAsync(authenticator, s_newToken))).Should().Be(RejectionReason.TokenKeysStale);
        (await GetReasonAsync(LogInAsync(authenticator, s_oldToken))).Should().Be(RejectionReason.TokenKeysStale);

        await server.StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await GetReasonAsync(LogInAsync(authenticator, s_oldToken))).Should().Be(RejectionReason.None);
        server.Tags.Should().Equal("", "");
    }

    private static Task AttackAsync(TokenAuthenticator authenticator, int logins) =>
        UnknownKeyAttack.RunAsync(authenticator, s_alice, s_oldToken, logins);

    private static Task<AuthenticationResult> LogInAsync(TokenAuthenticator authenticator, byte[] token) =>
        authenticator.AuthenticateAsync(new(s_alice) { Credential = token }, Cancellation).AsTask();

    private static async Task<RejectionReason> GetReasonAsync(Task<AuthenticationResult> login) =>
        (await login.WaitAsync(s_maxWait, Cancellation)).Rejection?.Reason ?? RejectionReason.None;

    private static byte[] Mint(TestTokenKey key) => Encoding.ASCII.GetBytes(key.Mint("alice", "alice@x.test", s_now));
}

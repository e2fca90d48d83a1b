using CertAuth.Reloading;
using CertAuth.Signing;
using static CertAuth.Tests.Support.TokenRotation;

namespace CertAuth.AspNetCore.Tests;

/// <summary>Logins with tokens and a JWK set from an endpoint that counts its requests.</summary>
public sealed class TokenKeyEndpointTests
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);

    private readonly FixedClock _clock = new(Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReloadOptions Options => new() { TimeProvider = _clock, ReadTimeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task UnknownKeys_CauseOneRequestInThirtySeconds()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(OldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, Validation);

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
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(OldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, Validation);

        server.Handler = Responses.SendContent(NewSet, "\"2\"");
        AuthenticationResult[] results =
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => LogInAsync(authenticator, NewToken), Cancellation)));

        results.Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        server.Requests.Should().Be(2);
    }

    [Fact]
    public async Task StallingServer_DelaysOnlyLoginsWithUnknownKeys()
    {
        TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(OldSet));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(Options);
        TokenAuthenticator authenticator = new(keys, Validation);

        server.Handler = context =>
        {
            requested.TrySetResult();
            return Responses.SendNothingAsync(context);
        };
        Task<AuthenticationResult> waiting = LogInAsync(authenticator, NewToken);
        await requested.Task.WaitAsync(s_maxWait, Cancellation);
        Task<AuthenticationResult> good = LogInAsync(authenticator, OldToken);
        good.IsCompleted.Should().BeTrue();
        (await good).Succeeded.Should().BeTrue();
        waiting.IsCompleted.Should().BeFalse();

        await Eventually.HoldsAsync(() => _clock.HasTimer(Options.ReadTimeout));
        _clock.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.Should().BeFalse();
        server.Handler = Responses.SendContent(NewSet);
        _clock.Advance(TimeSpan.FromSeconds(31));
        (await GetReasonAsync(waiting)).Should().Be(RejectionReason.None);
        server.Requests.Should().Be(3);
    }

    [Fact]
    public async Task Logins_AreRejectedUntilTheServerRecovers_WhenTheKeysAreStale()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(OldSet, "\"1\""));
        using Reloadable<TokenKeySet> keys =
            await server.OpenAsync(Options with { MaxAge = TimeSpan.FromDays(1), PollInterval = TimeSpan.FromDays(1) });
        TokenAuthenticator authenticator = new(keys, Validation);

        await server.StopAsync();
        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await GetReasonAsync(LogInAsync(authenticator, NewToken))).Should().Be(RejectionReason.TokenKeysStale);
        (await GetReasonAsync(LogInAsync(authenticator, OldToken))).Should().Be(RejectionReason.TokenKeysStale);

        await server.StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await GetReasonAsync(LogInAsync(authenticator, OldToken))).Should().Be(RejectionReason.None);
        server.Tags.Should().Equal("", "");
    }

    private static async Task<RejectionReason> GetReasonAsync(Task<AuthenticationResult> login) =>
        (await login.WaitAsync(s_maxWait, Cancellation)).Rejection?.Reason ?? RejectionReason.None;
}

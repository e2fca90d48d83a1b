using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Reloading;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.AuthTokens;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Authentication;

/// <summary>Logins by token while the JWK set is replaced, requested too often, stale, or slow to read.</summary>
public sealed class TokenRefreshTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);
    private static readonly TestTokenKey s_oldKey = TestTokenKey.Create("old", SignatureAlgorithm.ES256);
    private static readonly TestTokenKey s_newKey = TestTokenKey.Create("new", SignatureAlgorithm.ES256);
    private static readonly byte[] s_oldSet = TestTokenKey.CreateJwkSet(s_oldKey);
    private static readonly byte[] s_newSet = TestTokenKey.CreateJwkSet(s_oldKey, s_newKey);
    private static readonly byte[] s_oldToken = Mint(s_oldKey);
    private static readonly byte[] s_newToken = Mint(s_newKey);
    private static readonly Account s_alice = Account.WithToken("alice", LoginRequirement.None, "alice@x.test");
    private static readonly AuthTokenOptions s_validation =
        new() { TimeProvider = new FixedClock(ClaimRow.Now), AllowTokensWithoutTls = true };

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(ClaimRow.Now);
    private readonly string _name = $"keys-{Guid.NewGuid():N}";
    private readonly ReloadMonitor _monitor = new();
    private readonly ReloadOptions _options;

    public TokenRefreshTests() => _options = new()
    {
        Name = _name,
        Monitor = _monitor,
        TimeProvider = _clock,
        SettleDelay = TimeSpan.Zero,
        PollInterval = TimeSpan.FromDays(7),
        ReadTimeout = TimeSpan.FromMinutes(1),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _monitor.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task UnknownKeys_CauseAtMostOneReloadInThirtySeconds_InSequence()
    {
        using MetricProbe probe = new(_name);
        using Reloadable<TokenKeySet> keys =
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", s_oldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, s_validation);

        await AttackAsync(authenticator, 100_000);
        probe.CountReloads(_name).Should().Be(1 + 1);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        await AttackAsync(authenticator, 1_000);
        probe.CountReloads(_name).Should().Be(1 + 1);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await AttackAsync(authenticator, 1_000);
        probe.CountReloads(_name).Should().Be(1 + 2);
        probe.CountReloads(_name, "unchanged").Should().Be(2);
    }

    [Fact]
    public async Task UnknownKeys_CauseAtMostOneReloadInThirtySeconds_UnderAttack()
    {
        using MetricProbe probe = new(_name);
        using Reloadable<TokenKeySet> keys =
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", s_oldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, s_validation);

        Task attack = AttackAsync(authenticator, 50_000);
        int seconds = 0;
        for (; !attack.IsCompleted; seconds++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancellation);
        }

        await attack;
        Assert.InRange(probe.CountReloads(_name), 1 + 1, 1 + 1 + (seconds / 30));
    }

    // A login with a known key does not wait for a reload that another login started.
    [Fact]
    public async Task TokensOfKnownKeys_LogInWithoutWaiting_WhileAReloadStalls()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        origin.Close();
        Task<AuthenticationResult> waiting = LogInAsync(authenticator, s_newToken);
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        for (int i = 0; i < 100; i++)
        {
            Task<AuthenticationResult> login = LogInAsync(authenticator, s_oldToken);
            login.IsCompleted.Should().BeTrue();
            (await login).Succeeded.Should().BeTrue();
        }

        waiting.IsCompleted.Should().BeFalse();
        origin.Open();
        (await waiting.WaitAsync(s_timeout, Cancellation)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeyUnknown);
    }

    [Fact]
    public async Task TokenOfANewKey_LogsIn_OnceTheFileIsReplaced()
    {
        using MetricProbe probe = new(_name);
        using Reloadable<TokenKeySet> keys =
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", s_oldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, s_validation);

        _folder.Replace("jwks.json", Encoding.UTF8.GetString(s_newSet));
        (await LogInAsync(authenticator, s_newToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, s_newToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, s_oldToken)).Succeeded.Should().BeTrue();
        probe.CountReloads(_name).Should().Be(1 + 1);
        probe.CountReloads(_name, "loaded").Should().Be(1 + 1);
    }

    [Fact]
    public async Task LoginsWithANewKey_ShareOneReload()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        origin.Content = s_newSet;
        origin.Close();
        Task<AuthenticationResult>[] logins = [.. Enumerable.Range(0, 500).Select(_ => LogInAsync(authenticator, s_newToken))];
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        logins.Should().AllSatisfy(login => login.IsCompleted.Should().BeFalse());
        origin.Open();

        (await Task.WhenAll(logins).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        origin.ReadCount.Should().Be(2);
    }

    [Fact]
    public async Task ConcurrentLoginsWithANewKey_ShareOneReload()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, s_validation);
        int rejected = 0;

        origin.Content = s_newSet;
        await Parallel.ForAsync(0, 2_000, Cancellation, async (_, _) =>
        {
            if (!(await LogInAsync(authenticator, s_newToken)).Succeeded)
                Interlocked.Increment(ref rejected);
        });

        (rejected, origin.ReadCount).Should().Be((0, 2));
    }

    [Fact]
    public async Task CanceledLogin_DoesNotCancelOthers()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, s_validation);
        using CancellationTokenSource cancellation = new();

        origin.Content = s_newSet;
        origin.Close();
        Task<AuthenticationResult> canceled = LogInAsync(authenticator, s_newToken, cancellation.Token);
        Task<AuthenticationResult>[] others = [.. Enumerable.Range(0, 10).Select(_ => LogInAsync(authenticator, s_newToken))];
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled.WaitAsync(s_timeout, Cancellation));
        others.Should().AllSatisfy(login => login.IsCompleted.Should().BeFalse());
        origin.Open();

        (await Task.WhenAll(others).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        origin.ReadCount.Should().Be(2);
    }

    [Fact]
    public async Task Login_StartsAnotherReload_WhenTheCurrentOneStartedBeforeIt()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, s_validation);

        origin.Close();
        Task<ReloadResult> early = keys.ReloadAsync(Cancellation);
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        origin.Content = s_newSet;
        Task<AuthenticationResult>[] logins = [.. Enumerable.Range(0, 10).Select(_ => LogInAsync(authenticator, s_newToken))];
        origin.Open();

        (await Task.WhenAll(logins).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        (await early).Outcome.Should().Be(ReloadOutcome.Unchanged);
        origin.ReadCount.Should().Be(3);
    }

    [Fact]
    public async Task StaleKeys_AreNotUsed_UntilAReloadSucceeds()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys =
            await origin.OpenAsync(new TokenKeySetReader(), _options with { MaxAge = TimeSpan.FromHours(1) });
        TokenAuthenticator authenticator = new(keys, s_validation);

        origin.Content = null;
        _clock.Advance(TimeSpan.FromHours(1));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await LogInAsync(authenticator, s_oldToken)).Succeeded.Should().BeTrue();
        _clock.Advance(TimeSpan.FromTicks(1));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await LogInAsync(authenticator, s_oldToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        keys.Status.Health.Should().Be(MaterialHealth.Unhealthy);

        origin.Content = s_oldSet;
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        (await LogInAsync(authenticator, s_oldToken)).Succeeded.Should().BeTrue();
        keys.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    [Fact]
    public async Task StaleKeys_Recover_WhenALoginCausesAReload()
    {
        GatedOrigin origin = new(s_oldSet);
        using Reloadable<TokenKeySet> keys =
            await origin.OpenAsync(new TokenKeySetReader(), _options with { MaxAge = TimeSpan.FromHours(1) });
        TokenAuthenticator authenticator = new(keys, s_validation);

        origin.Content = null;
        _clock.Advance(TimeSpan.FromHours(2));
        (await LogInAsync(authenticator, s_newToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        origin.Content = s_newSet;
        (await LogInAsync(authenticator, s_oldToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await LogInAsync(authenticator, s_oldToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, s_newToken)).Succeeded.Should().BeTrue();
        origin.ReadCount.Should().Be(3);
    }

    private static Task AttackAsync(TokenAuthenticator authenticator, int logins) =>
        UnknownKeyAttack.RunAsync(authenticator, s_alice, s_oldToken, logins);

    private static Task<AuthenticationResult> LogInAsync(
        TokenAuthenticator authenticator, byte[] token, CancellationToken? cancellationToken = null) =>
        authenticator.AuthenticateAsync(new(s_alice) { Credential = token }, cancellationToken ?? Cancellation).AsTask();

    private static byte[] Mint(TestTokenKey key) => Encoding.ASCII.GetBytes(key.Mint("alice", "alice@x.test", ClaimRow.Now));
}

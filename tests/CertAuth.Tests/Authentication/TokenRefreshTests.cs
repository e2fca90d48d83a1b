using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using static CertAuth.Tests.Support.TokenRotation;

namespace CertAuth.Tests.Authentication;

/// <summary>Logins by token while the JWK set is replaced, requested too often, stale, or slow to read.</summary>
public sealed class TokenRefreshTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(Now);
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
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", OldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, Validation);

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
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", OldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, Validation);

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
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, Validation);

        origin.Close();
        Task<AuthenticationResult> waiting = LogInAsync(authenticator, NewToken);
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        for (int i = 0; i < 100; i++)
        {
            Task<AuthenticationResult> login = LogInAsync(authenticator, OldToken);
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
            await TokenKeySet.OpenAsync(_folder.Write("jwks.json", OldSet), _options, Cancellation);
        TokenAuthenticator authenticator = new(keys, Validation);

        _folder.Replace("jwks.json", Encoding.UTF8.GetString(NewSet));
        (await LogInAsync(authenticator, NewToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, NewToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, OldToken)).Succeeded.Should().BeTrue();
        probe.CountReloads(_name).Should().Be(1 + 1);
        probe.CountReloads(_name, "loaded").Should().Be(1 + 1);
    }

    [Fact]
    public async Task LoginsWithANewKey_ShareOneReload()
    {
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, Validation);

        origin.Content = NewSet;
        origin.Close();
        Task<AuthenticationResult>[] logins = [.. Enumerable.Range(0, 500).Select(_ => LogInAsync(authenticator, NewToken))];
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        logins.Should().AllSatisfy(login => login.IsCompleted.Should().BeFalse());
        origin.Open();

        (await Task.WhenAll(logins).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        origin.ReadCount.Should().Be(2);
    }

    [Fact]
    public async Task ConcurrentLoginsWithANewKey_ShareOneReload()
    {
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, Validation);
        int rejected = 0;

        origin.Content = NewSet;
        await Parallel.ForAsync(0, 2_000, Cancellation, async (_, _) =>
        {
            if (!(await LogInAsync(authenticator, NewToken)).Succeeded)
                Interlocked.Increment(ref rejected);
        });

        (rejected, origin.ReadCount).Should().Be((0, 2));
    }

    [Fact]
    public async Task CanceledLogin_DoesNotCancelOthers()
    {
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, Validation);
        using CancellationTokenSource cancellation = new();

        origin.Content = NewSet;
        origin.Close();
        Task<AuthenticationResult> canceled = LogInAsync(authenticator, NewToken, cancellation.Token);
        Task<AuthenticationResult>[] others = [.. Enumerable.Range(0, 10).Select(_ => LogInAsync(authenticator, NewToken))];
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
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys = await origin.OpenAsync(new TokenKeySetReader(), _options);
        TokenAuthenticator authenticator = new(keys, Validation);

        origin.Close();
        Task<ReloadResult> early = keys.ReloadAsync(Cancellation);
        await origin.Reached.WaitAsync(s_timeout, Cancellation);
        origin.Content = NewSet;
        Task<AuthenticationResult>[] logins = [.. Enumerable.Range(0, 10).Select(_ => LogInAsync(authenticator, NewToken))];
        origin.Open();

        (await Task.WhenAll(logins).WaitAsync(s_timeout, Cancellation)).Should().AllSatisfy(result => result.Succeeded.Should().BeTrue());
        (await early).Outcome.Should().Be(ReloadOutcome.Unchanged);
        origin.ReadCount.Should().Be(3);
    }

    [Fact]
    public async Task StaleKeys_AreNotUsed_UntilAReloadSucceeds()
    {
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys =
            await origin.OpenAsync(new TokenKeySetReader(), _options with { MaxAge = TimeSpan.FromHours(1) });
        TokenAuthenticator authenticator = new(keys, Validation);

        origin.Content = null;
        _clock.Advance(TimeSpan.FromHours(1));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await LogInAsync(authenticator, OldToken)).Succeeded.Should().BeTrue();
        _clock.Advance(TimeSpan.FromTicks(1));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await LogInAsync(authenticator, OldToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        keys.Status.Health.Should().Be(MaterialHealth.Unhealthy);

        origin.Content = OldSet;
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        (await LogInAsync(authenticator, OldToken)).Succeeded.Should().BeTrue();
        keys.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    [Fact]
    public async Task StaleKeys_Recover_WhenALoginCausesAReload()
    {
        GatedOrigin origin = new(OldSet);
        using Reloadable<TokenKeySet> keys =
            await origin.OpenAsync(new TokenKeySetReader(), _options with { MaxAge = TimeSpan.FromHours(1) });
        TokenAuthenticator authenticator = new(keys, Validation);

        origin.Content = null;
        _clock.Advance(TimeSpan.FromHours(2));
        (await LogInAsync(authenticator, NewToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        origin.Content = NewSet;
        (await LogInAsync(authenticator, OldToken)).Rejection!.Reason.Should().Be(RejectionReason.TokenKeysStale);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await LogInAsync(authenticator, OldToken)).Succeeded.Should().BeTrue();
        (await LogInAsync(authenticator, NewToken)).Succeeded.Should().BeTrue();
        origin.ReadCount.Should().Be(3);
    }
}

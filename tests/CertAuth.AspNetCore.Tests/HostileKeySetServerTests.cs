using System.Net;
using CertAuth.Reloading;
using CertAuth.Signing;
using Microsoft.AspNetCore.Http;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A JWK set over https, from a server that stalls, sends too much, or redirects.</summary>
public sealed class HostileKeySetServerTests
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);
    private static readonly byte[] s_first = TestTokenKey.CreateJwkSet(TestTokenKey.Create("first", SignatureAlgorithm.ES256));
    private static readonly byte[] s_second = TestTokenKey.CreateJwkSet(
        TestTokenKey.Create("first", SignatureAlgorithm.ES256), TestTokenKey.Create("second", SignatureAlgorithm.ES256));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stalls => [nameof(Responses.SendNothingAsync), nameof(Responses.SendSlowlyAsync)];

    [Theory, MemberData(nameof(Stalls))]
    public async Task ReloadAsync_Fails_WhenTheServerStalls(string name)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        FixedClock clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ReloadOptions options = new() { TimeProvider = clock, ReadTimeout = TimeSpan.FromSeconds(2) };
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(options);
        TokenKeySet inUse = keys.Current;
        TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        server.Handler = async context =>
        {
            requested.TrySetResult();
            await GetStall(name)(context);
            ended.TrySetResult();
        };
        Task<ReloadResult> reload = keys.ReloadAsync(Cancellation);
        await requested.Task.WaitAsync(s_maxWait, Cancellation);
        await Eventually.HoldsAsync(() => clock.HasTimer(options.ReadTimeout));
        clock.Advance(options.ReadTimeout - TimeSpan.FromTicks(1));
        reload.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromTicks(1));
        ReloadResult result = await reload.WaitAsync(s_maxWait, Cancellation);

        result.Problem.Should().Be($"{server.Address}: The read did not complete within 00:00:02.");
        keys.Current.Should().BeSameAs(inUse);
        await ended.Task.WaitAsync(s_maxWait, Cancellation);
        server.Handler = Responses.SendContent(s_second);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
    }

    [Fact]
    public async Task ReloadAsync_Fails_WhenTheBodyExceedsTheMaximum()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(new ReloadOptions { ReadTimeout = TimeSpan.FromMinutes(1) });
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        server.Handler = async context =>
        {
            await Responses.SendEndlesslyAsync(context);
            ended.TrySetResult();
        };
        ReloadResult result = await keys.ReloadAsync(Cancellation);

        result.Problem.Should().Be($"{server.Address}: The response is longer than 1048576 bytes.");
        await ended.Task.WaitAsync(s_maxWait, Cancellation);
    }

    [Theory, MemberData(nameof(Stalls))]
    public async Task Dispose_CancelsARunningReload_WithoutALogMessage(string name)
    {
        RecordingLogger logger = new();
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        Reloadable<TokenKeySet> keys = await server.OpenAsync(new ReloadOptions { Logger = logger });
        TokenKeySet inUse = keys.Current;
        TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

        server.Handler = context =>
        {
            requested.TrySetResult();
            return GetStall(name)(context);
        };
        Task<ReloadResult> running = keys.ReloadAsync(Cancellation);
        Task<TokenKeySet> waiting = keys.RefreshAsync(inUse, Cancellation).AsTask();
        await requested.Task.WaitAsync(s_maxWait, Cancellation);
        keys.Dispose();

        (await running.WaitAsync(s_maxWait, Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await waiting.WaitAsync(s_maxWait, Cancellation)).Should().BeSameAs(inUse);
        keys.Current.Should().BeSameAs(inUse);
        logger.Ids.Should().Equal(1001);
        keys.Status.Problem.Should().BeNull();
        (await keys.RefreshAsync(inUse, Cancellation)).Should().BeSameAs(inUse);
        await FluentActions.Awaiting(() => keys.ReloadAsync(Cancellation)).Should().ThrowExactlyAsync<ObjectDisposedException>();
        server.Requests.Should().Be(2);

        // The client of the caller is not disposed.
        server.Handler = Responses.SendContent(s_second);
        using Reloadable<TokenKeySet> again = await server.OpenAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently, 3, true)]
    [InlineData(HttpStatusCode.Found, 3, true)]
    [InlineData(HttpStatusCode.TemporaryRedirect, 3, true)]
    [InlineData(HttpStatusCode.PermanentRedirect, 3, true)]
    [InlineData(HttpStatusCode.Found, 4, false)]
    [InlineData(HttpStatusCode.Found, int.MaxValue, false)]
    public async Task ReloadAsync_FollowsUpToThreeRedirects_OnTheSameHost(HttpStatusCode status, int redirects, bool isAccepted)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();
        string last = $"/{redirects}";

        server.Handler = Responses.Redirect(
            path => path == last ? null : $"/{ParseNumber(path) + 1}", Responses.SendContent(s_second), status);
        ReloadResult result = await keys.ReloadAsync(Cancellation);

        result.Problem.Should().Be(isAccepted ? null : $"{server.Address}: There were more than 3 redirects.");
        keys.Current.Count.Should().Be(isAccepted ? 2 : 1);
        server.Paths.Should().Equal("/keys", "/keys", "/1", "/2", "/3");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReloadAsync_RejectsARedirect_ToAnotherHost(bool clientFollowsRedirects)
    {
        using HttpClient client = Clients.CreateKeySetClient(clientFollowsRedirects);
        await using KeySetServer elsewhere = await KeySetServer.StartAsync(Responses.SendContent(s_second));
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(client);
        TokenKeySet inUse = keys.Current;
        string[] locations =
        [
            $"{elsewhere.Address}",
            $"https://localhost:{server.Address.Port}/else",
            $"//localhost:{server.Address.Port}/else",
            $"http://127.0.0.1:{server.Address.Port}/else",
            "file:///etc/keys.json",
        ];

        foreach (string location in locations)
        {
            server.Handler = Responses.Redirect(
                path => path == "/keys" ? location : null, Responses.SendContent(s_second), HttpStatusCode.Found);
            ReloadResult result = await keys.ReloadAsync(Cancellation);

            (location, result.Outcome).Should().Be((location, ReloadOutcome.Failed));
            result.Problem.Should().Contain("another host");
            keys.Current.Should().BeSameAs(inUse);
        }

        elsewhere.Requests.Should().Be(clientFollowsRedirects ? 1 : 0);
    }

    [Theory]
    [InlineData("//:99999")]
    [InlineData("https://[::1/keys")]
    [InlineData("https://")]
    [InlineData("")]
    public async Task ReloadAsync_ReportsTheAddress_WhenARedirectIsInvalid(string location)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = Responses.Redirect(_ => location, Responses.SendContent(s_second), HttpStatusCode.Found);
        ReloadResult result = await keys.ReloadAsync(Cancellation);

        result.Problem.Should().StartWith($"{server.Address}: ");
        keys.Current.Count.Should().Be(1);
    }

    private static RequestDelegate GetStall(string name) =>
        name == nameof(Responses.SendNothingAsync) ? Responses.SendNothingAsync : Responses.SendSlowlyAsync;

    private static int ParseNumber(string path) => int.TryParse(path.AsSpan(1), out int number) ? number : 0;
}

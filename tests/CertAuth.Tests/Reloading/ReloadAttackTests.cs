using System.Net;
using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth.Tests.Reloading;

/// <summary>Reloads that had faults: they rejected a login, flowed the caller's execution context, or never ended.</summary>
public sealed class ReloadAttackTests
{
    private static readonly AsyncLocal<string?> s_ambient = new();
    private static readonly byte[] s_set = TestTokenKey.CreateJwkSet(TestTokenKey.Create("k", SignatureAlgorithm.ES256));
    private static readonly ReloadIntervals s_intervals = new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The fault: a login that asked for a reload just when one ended got the old set.
    [Fact]
    public async Task RefreshAsync_NeverReturnsAReplacedValue()
    {
        int old = 0;
        for (int round = 0; round < 20; round++)
        {
            using MemoryOrigin origin = new() { Content = [1] };
            using Reloadable<string> text = await Reloadable<string>.OpenAsync(origin, new TextReader(), new(), s_intervals, Cancellation);
            string seen = text.Current;
            TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            origin.Content = [2];
            origin.Gate = gate.Task;
            Task<string> first = text.RefreshAsync(seen, Cancellation).AsTask();

            // Each thread calls RefreshAsync until it completes synchronously, which is when the reload has just ended.
            Task[] asking =
            [
                .. Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                    () =>
                    {
                        ValueTask<string> asked = text.RefreshAsync(seen, Cancellation);
                        while (!asked.IsCompleted)
                            asked = text.RefreshAsync(seen, Cancellation);
                        if (ReferenceEquals(asked.Result, seen))
                            Interlocked.Increment(ref old);
                    },
                    Cancellation,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default)),
            ];
            await Task.Delay(2, Cancellation);
            gate.SetResult();
            await Task.WhenAll([first, .. asking]);
        }

        old.Should().Be(0);
    }

    [Fact]
    public async Task Reloads_DoNotFlowTheCallersExecutionContext()
    {
        List<string?> seen = [];
        AmbientReader reader = new(() => seen.Add(s_ambient.Value));
        using MemoryOrigin origin = new() { Content = [1] };
        s_ambient.Value = "opener";
        using Reloadable<string> text = await Reloadable<string>.OpenAsync(
            origin, reader, new() { PollInterval = TimeSpan.FromMilliseconds(100) }, s_intervals, Cancellation);
        seen.Clear();

        s_ambient.Value = "login of alice";
        origin.Content = [2];
        await text.RefreshAsync(text.Current, Cancellation);
        origin.Content = [3];
        await text.ReloadAsync(Cancellation);
        origin.Content = [4];
        await Eventually.HoldsAsync(() => text.Current == "4");

        text.Current.Should().Be("4");
        seen.Should().AllSatisfy(value => value.Should().BeNull());
        seen.Count.Should().Be(3);
    }

    [Fact]
    public async Task HttpClientThatNeverCompletes_DoesNotStopReloads()
    {
        FixedClock clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ReloadOptions options = new() { TimeProvider = clock, ReadTimeout = TimeSpan.FromSeconds(10), PollInterval = TimeSpan.FromDays(7) };
        ScriptedHandler handler = new();
        using HttpClient client = new(handler);
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = new("https://keys.test/"), Client = client }, options, Cancellation);

        TaskCompletionSource stuck = new();
        handler.Gate = stuck.Task;
        (await clock.RunAsync(keys.RefreshAsync(keys.Current, Cancellation).AsTask(), options.ReadTimeout)).Should().BeSameAs(keys.Current);
        ReloadResult result = await clock.RunAsync(keys.ReloadAsync(Cancellation), options.ReadTimeout);
        result.Problem.Should().Contain("has not ended yet");
        keys.Status.Health.Should().Be(MaterialHealth.Degraded);

        handler.Gate = Task.CompletedTask;
        stuck.SetResult();
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    // The fault: a tag with bytes outside ASCII cannot be sent back, and each further request failed before it was sent.
    [Fact]
    public async Task NonAsciiEntityTag_IsNotSent()
    {
        ScriptedHandler handler = new() { Tag = "\"caf\u00E9\"" };
        using HttpClient client = new(handler);
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = new("https://keys.test/"), Client = client }, null, Cancellation);

        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        handler.Tag = "\"plain\"";
        await keys.ReloadAsync(Cancellation);
        await keys.ReloadAsync(Cancellation);
        handler.Status = HttpStatusCode.InternalServerError;
        await keys.ReloadAsync(Cancellation);
        await keys.ReloadAsync(Cancellation);

        handler.TagsSent.Should().Equal("", "", "", "\"plain\"", "\"plain\"", "");
    }

    // The fault: if a handler did not set RequestMessage, the message said that the response came from another host.
    [Fact]
    public async Task HandlerWithoutRequestMessage_IsReported()
    {
        using HttpClient client = new(new ScriptedHandler { SetsRequest = false });

        Func<Task> opening = () => TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = new("https://keys.test/set"), Client = client }, null, Cancellation);

        (await opening.Should().ThrowAsync<InvalidDataException>()).WithMessage(
            "*https://keys.test/set: The handler of the HttpClient did not set HttpResponseMessage.RequestMessage.");
    }

    [Fact]
    public async Task AddressQuery_IsNotLogged()
    {
        using HttpClient client = new(new ScriptedHandler { Status = HttpStatusCode.Forbidden });

        InvalidDataException failure = (await FluentActions.Awaiting(() => TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = new("https://keys.test/set?code=secret"), Client = client }, null, Cancellation))
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        failure.Message.Should().Be("jwk-set: https://keys.test/set: The server responded with HTTP status 403.");
    }

    // The fault: a redirect to another host may repeat the query, and the whole target was in the message.
    [Fact]
    public async Task RedirectQuery_IsNotLogged()
    {
        Uri target = new("https://other.test/set?code=secret");
        using HttpClient client = new(new ScriptedHandler { Status = HttpStatusCode.Found, Location = target });

        InvalidDataException failure = (await FluentActions.Awaiting(() => TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = new("https://keys.test/set?code=secret"), Client = client }, null, Cancellation))
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        failure.Message.Should().Be(
            "jwk-set: https://keys.test/set: A redirect to another host, port or scheme is not followed: https://other.test/set");
    }

    private sealed class AmbientReader(Action onRead) : IMaterialReader<string>
    {
        private readonly TextReader _inner = new();

        public string Kind => _inner.Kind;

        public int MaxBytes => _inner.MaxBytes;

        public bool TryRead(
            System.Collections.Immutable.ImmutableArray<ReadOnlyMemory<byte>> files,
            DateTimeOffset now,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Material<string>? material,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
        {
            onRead();
            return _inner.TryRead(files, now, out material, out problem);
        }
    }

    /// <summary>Returns configured responses, and ignores cancellation.</summary>
    private sealed class ScriptedHandler : HttpMessageHandler
    {
        internal Task Gate { get; set; } = Task.CompletedTask;

        internal string? Tag { get; set; }

        internal HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        internal Uri? Location { get; init; }

        internal List<string> TagsSent { get; } = [];

        internal bool SetsRequest { get; init; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            TagsSent.Add(request.Headers.IfNoneMatch.ToString());
            await Gate;
            HttpResponseMessage response = new(Status)
            {
                Content = new ByteArrayContent(s_set),
                RequestMessage = SetsRequest ? request : null,
            };
            response.Headers.Location = Location;
            if (Tag is not null)
                response.Headers.TryAddWithoutValidation("ETag", Tag);
            return response;
        }
    }
}

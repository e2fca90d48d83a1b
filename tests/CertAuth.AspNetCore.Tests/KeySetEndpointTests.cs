using System.IO.Compression;
using System.Net;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using Microsoft.AspNetCore.Http;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A JWK set over https, from a server that works or fails.</summary>
public sealed class KeySetEndpointTests
{
    private static readonly byte[] s_first = TestTokenKey.CreateJwkSet(TestTokenKey.Create("first", SignatureAlgorithm.ES256));
    private static readonly byte[] s_second = TestTokenKey.CreateJwkSet(
        TestTokenKey.Create("first", SignatureAlgorithm.ES256), TestTokenKey.Create("second", SignatureAlgorithm.ES256));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("W/\"1\"")]
    public async Task ReloadAsync_SendsTheTagAndHandlesNotModified(string tag)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first, tag));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();
        TokenKeySet inUse = keys.Current;

        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Current.Should().BeSameAs(inUse);
        server.Tags.Should().Equal("", tag, tag);
    }

    [Fact]
    public async Task ReloadAsync_LoadsANewSetWithItsNewTag()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = Responses.SendContent(s_second, "\"2\"");
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        keys.Current.Count.Should().Be(2);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        server.Tags.Should().Equal("", "\"1\"", "\"2\"");
    }

    [Fact]
    public async Task ReloadAsync_DoesNotSendTheTag_OfRejectedContent()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first, "\"1\""));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = Responses.SendContent("{}"u8.ToArray(), "\"2\"");
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        server.Handler = Responses.SendContent(s_first, "\"1\"");
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        server.Tags.Should().Equal("", "\"1\"", "", "", "\"1\"");
    }

    // If-None-Match: * matches any content, so every response would be 304.
    [Theory]
    [InlineData("*")]
    [InlineData("1")]
    [InlineData(null)]
    public async Task ReloadAsync_DoesNotSendAnInvalidTag(string? tag)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first, tag));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = Responses.SendContent(s_second, tag);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        server.Tags.Should().Equal("", "");
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(4_000_000, true, false)]
    public async Task ReloadAsync_RejectsMoreThanOneMebibyte(int excess, bool isChunked, bool isAccepted)
    {
        byte[] content = new byte[1_048_576 + excess];
        content.AsSpan().Fill((byte)' ');
        s_second.CopyTo(content, 0);
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = isChunked ? Responses.SendChunked(content) : Responses.SendContent(content);
        ReloadResult result = await keys.ReloadAsync(Cancellation);

        result.Outcome.Should().Be(isAccepted ? ReloadOutcome.Loaded : ReloadOutcome.Failed);
        result.Problem.Should().Be(isAccepted ? null : $"{server.Address}: The response is longer than 1048576 bytes.");
        keys.Current.Count.Should().Be(isAccepted ? 2 : 1);
    }

    [Fact]
    public async Task ReloadAsync_KeepsTheCurrentSet_WhenTheResponseIsMalformed()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();
        TokenKeySet inUse = keys.Current;
        (RequestDelegate Handler, string Problem)[] malformed =
        [
            (Responses.SendStatus(HttpStatusCode.NotFound), "HTTP status 404."),
            (Responses.SendStatus(HttpStatusCode.InternalServerError), "HTTP status 500."),
            (Responses.SendStatus(HttpStatusCode.NoContent), "HTTP status 204."),
            (Responses.SendStatus(HttpStatusCode.NotModified), "HTTP status 304."),
            (Responses.SendStatus(HttpStatusCode.Found), "HTTP status 302."),
            (Responses.SendContent([]), "The JWK set is not strict JSON"),
            (Responses.SendContent([0xff, 0x00, 0x1b]), "The JWK set is not strict JSON"),
            (Responses.SendContent("<html><body>Sign in</body></html>"u8.ToArray()), "The JWK set is not strict JSON"),
            (Responses.SendContent(s_second[..^1]), "The JWK set is not strict JSON"),
            (Responses.SendContent("""{"keys":[]}"""u8.ToArray()), "The JWK set has no usable key."),
            (Responses.SendTruncated(s_second), $"{server.Address}: "),
        ];

        foreach ((RequestDelegate handler, string problem) in malformed)
        {
            server.Handler = handler;
            ReloadResult result = await keys.ReloadAsync(Cancellation);

            result.Outcome.Should().Be(ReloadOutcome.Failed);
            result.Problem.Should().Contain(problem);
            keys.Current.Should().BeSameAs(inUse);
        }

        server.Handler = Responses.SendContent(s_second);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
    }

    [Fact]
    public async Task Compression_IsNeitherRequestedNorDecoded()
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(s_second);
        string? accepted = null;
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync();

        server.Handler = context =>
        {
            accepted = context.Request.Headers.AcceptEncoding;
            context.Response.Headers.ContentEncoding = "gzip";
            return Responses.SendContent(compressed.ToArray())(context);
        };

        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        accepted.Should().BeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1/keys")]
    [InlineData("https://user@127.0.0.1/keys")]
    [InlineData("https://user:password@127.0.0.1/keys")]
    [InlineData("file:///etc/keys.json")]
    [InlineData("ftp://127.0.0.1/keys")]
    [InlineData("/keys")]
    public async Task OpenAsync_RejectsAnAddress_ThatIsNotHttpsOrNamesAUser(string address)
    {
        KeySetEndpoint endpoint = new() { Address = new(address, UriKind.RelativeOrAbsolute) };

        ArgumentException exception = (await FluentActions.Awaiting(
            async () => await TokenKeySet.OpenAsync(endpoint, cancellationToken: Cancellation))
            .Should().ThrowExactlyAsync<ArgumentException>()).Which;

        exception.Message.Should().NotContain("password");
    }

    [Fact]
    public async Task OpenAsync_ReportsAnUntrustedCertificate()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));

        InvalidDataException rejected = (await FluentActions.Awaiting(() => server.OpenAsync(client: null))
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        rejected.Message.Should().StartWith($"jwk-set: {server.Address}: ");
        rejected.Message.Should().Contain("remote certificate is invalid");
        server.Requests.Should().Be(0);
    }

    [Fact]
    public async Task OpenAsync_ReportsAnUnreachableServer()
    {
        KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        await server.StopAsync();

        InvalidDataException rejected = (await FluentActions.Awaiting(() => server.OpenAsync())
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        rejected.Message.Should().StartWith($"jwk-set: {server.Address}: ");
        rejected.Message.Should().Contain("Connection refused");
    }

    [Fact]
    public async Task ReloadAsync_LoadsAgain_WhenTheServerRecovers()
    {
        RecordingLogger logger = new();
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(s_first));
        using Reloadable<TokenKeySet> keys = await server.OpenAsync(new ReloadOptions { Logger = logger });

        await server.StopAsync();
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        (keys.Current.Count, keys.Status.Health).Should().Be((1, MaterialHealth.Degraded));

        server.Handler = Responses.SendContent(s_second);
        await server.StartAsync();
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        (keys.Current.Count, keys.Status.Health).Should().Be((2, MaterialHealth.Healthy));
        logger.Ids.Should().Equal(1001, 1002, 1001, 1003);
    }

    [Fact]
    public async Task OpenAsync_ReportsTheProblemOnOneLine()
    {
        byte[] hostile = Encoding.UTF8.GetBytes("""{"keys":[{"kty":"RSA","kid":"a\n1001: all is well\u001b[2J"}]}""");
        await using KeySetServer server = await KeySetServer.StartAsync(Responses.SendContent(hostile));

        InvalidDataException rejected = (await FluentActions.Awaiting(() => server.OpenAsync())
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        rejected.Message.Should().Contain("all is well");
        Assert.DoesNotContain(rejected.Message, char.IsControl);
    }
}

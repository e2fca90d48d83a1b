using System.IO.Compression;
using System.Net;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A JWK Set over https, from a server that behaves or breaks down.</summary>
public sealed class KeySetEndpointTests
{
    private static readonly byte[] s_first = TestTokenKey.KeySet(TestTokenKey.Create("first", SignatureAlgorithm.ES256));
    private static readonly byte[] s_second = TestTokenKey.KeySet(
        TestTokenKey.Create("first", SignatureAlgorithm.ES256), TestTokenKey.Create("second", SignatureAlgorithm.ES256));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("W/\"1\"")]
    public async Task Tag_IsSentAndNotModifiedIsHonoured(string tag)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first, tag));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();
        VerificationKeySet inUse = keys.Current;

        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Same(inUse, keys.Current);
        Assert.Equal(["", tag, tag], server.Tags);
    }

    [Fact]
    public async Task NewSet_IsLoadedWithItsNewTag()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first, "\"1\""));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();

        server.Answer = Answers.Content(s_second, "\"2\"");
        Assert.Equal(ReloadOutcome.Loaded, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(2, keys.Current.Count);
        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(["", "\"1\"", "\"2\""], server.Tags);
    }

    [Fact]
    public async Task Tag_OfRefusedContentIsNotSent()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first, "\"1\""));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();

        server.Answer = Answers.Content("{}"u8.ToArray(), "\"2\"");
        Assert.Equal(ReloadOutcome.Failed, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(ReloadOutcome.Failed, (await keys.ReloadAsync(Cancellation)).Outcome);
        server.Answer = Answers.Content(s_first, "\"1\"");
        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(["", "\"1\"", "", "", "\"1\""], server.Tags);
    }

    // If-None-Match: * asks whether there is anything at all: the answer would be 304 for ever.
    [Theory]
    [InlineData("*")]
    [InlineData("1")]
    [InlineData(null)]
    public async Task Tag_ThatIsNoneIsNotSent(string? tag)
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first, tag));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();

        server.Answer = Answers.Content(s_second, tag);
        Assert.Equal(ReloadOutcome.Loaded, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(["", ""], server.Tags);
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(4_000_000, true, false)]
    public async Task Size_IsAtMostOneMebibyte(int tooMany, bool isChunked, bool isTaken)
    {
        byte[] content = new byte[1_048_576 + tooMany];
        content.AsSpan().Fill((byte)' ');
        s_second.CopyTo(content, 0);
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();

        server.Answer = isChunked ? Answers.Chunked(content) : Answers.Content(content);
        ReloadResult result = await keys.ReloadAsync(Cancellation);

        Assert.Equal(isTaken ? ReloadOutcome.Loaded : ReloadOutcome.Failed, result.Outcome);
        Assert.Equal(isTaken ? null : $"{server.Address}: Over 1048576 octets.", result.Problem);
        Assert.Equal(isTaken ? 2 : 1, keys.Current.Count);
    }

    [Fact]
    public async Task BrokenAnswer_IsRefusedAndTheLastGoodStays()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();
        VerificationKeySet inUse = keys.Current;
        (RequestDelegate Answer, string Problem)[] broken =
        [
            (Answers.Status(HttpStatusCode.NotFound), "HTTP status 404."),
            (Answers.Status(HttpStatusCode.InternalServerError), "HTTP status 500."),
            (Answers.Status(HttpStatusCode.NoContent), "HTTP status 204."),
            (Answers.Status(HttpStatusCode.NotModified), "HTTP status 304."),
            (Answers.Status(HttpStatusCode.Found), "HTTP status 302."),
            (Answers.Content([]), "The key set is refused: Malformed."),
            (Answers.Content([0xff, 0x00, 0x1b]), "The key set is refused: Malformed."),
            (Answers.Content("<html><body>Sign in</body></html>"u8.ToArray()), "The key set is refused: Malformed."),
            (Answers.Content(s_second[..^1]), "The key set is refused: Malformed."),
            (Answers.Content("""{"keys":[]}"""u8.ToArray()), "The key set is refused: NoUsableKey."),
            (Answers.Truncated(s_second), $"{server.Address}: "),
        ];

        foreach ((RequestDelegate answer, string problem) in broken)
        {
            server.Answer = answer;
            ReloadResult result = await keys.ReloadAsync(Cancellation);

            Assert.Equal(ReloadOutcome.Failed, result.Outcome);
            Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
            Assert.Same(inUse, keys.Current);
        }

        server.Answer = Answers.Content(s_second);
        Assert.Equal(ReloadOutcome.Loaded, (await keys.ReloadAsync(Cancellation)).Outcome);
    }

    [Fact]
    public async Task Compression_IsNeitherAskedForNorUndone()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(s_second);
        string? accepted = null;
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync();

        server.Answer = context =>
        {
            accepted = context.Request.Headers.AcceptEncoding;
            context.Response.Headers.ContentEncoding = "gzip";
            return Answers.Content(packed.ToArray())(context);
        };

        Assert.Equal(ReloadOutcome.Failed, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Null(accepted);
    }

    [Theory]
    [InlineData("http://127.0.0.1/keys")]
    [InlineData("https://user@127.0.0.1/keys")]
    [InlineData("https://user:password@127.0.0.1/keys")]
    [InlineData("file:///etc/keys.json")]
    [InlineData("ftp://127.0.0.1/keys")]
    [InlineData("/keys")]
    public async Task Address_IsHttpsWithoutUser(string address)
    {
        KeySetEndpoint endpoint = new() { Address = new(address, UriKind.RelativeOrAbsolute) };

        ArgumentException mistake = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Reloadable.OpenKeySetAsync(endpoint, cancellationToken: Cancellation));

        Assert.DoesNotContain("password", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UntrustedCertificate_IsRefusedWithAClearProblem()
    {
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => server.OpenAsync(client: null));

        Assert.StartsWith($"key-set: {server.Address}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("remote certificate is invalid", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task ServerThatIsDownAtFirst_IsNamed()
    {
        KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));
        await server.StopAsync();

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => server.OpenAsync());

        Assert.StartsWith($"key-set: {server.Address}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatWasDown_IsFoundAgain()
    {
        RecordingLogger logger = new();
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(s_first));
        using Reloadable<VerificationKeySet> keys = await server.OpenAsync(new ReloadOptions { Logger = logger });

        await server.StopAsync();
        Assert.Equal(ReloadOutcome.Failed, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal(ReloadOutcome.Failed, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal((1, MaterialHealth.Degraded), (keys.Current.Count, keys.Status.Health));

        server.Answer = Answers.Content(s_second);
        await server.StartAsync();
        Assert.Equal(ReloadOutcome.Loaded, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Equal((2, MaterialHealth.Healthy), (keys.Current.Count, keys.Status.Health));
        Assert.Equal([1001, 1002, 1001, 1003], logger.Ids);
    }

    [Fact]
    public async Task Problem_IsOneLineWhateverTheServerSends()
    {
        byte[] hostile = Encoding.UTF8.GetBytes("""{"keys":[{"kty":"RSA","kid":"a\n1001: all is well\u001b[2J"}]}""");
        await using KeySetServer server = await KeySetServer.StartAsync(Answers.Content(hostile));

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => server.OpenAsync());

        Assert.Contains("all is well", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }
}

using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class JwsBoundsTests
{
    private const string Header = """{"alg":"RS256","kid":"r"}""";

    [Theory]
    [InlineData(16 * 1024, null)]
    [InlineData(64 * 1024, 64 * 1024)]
    [InlineData(1024, 1024)]
    public void TryVerify_AcceptsATokenUpToTheLimit(int bytes, int? limit)
    {
        JwsOptions options = limit is null ? new() : new() { MaxTokenLength = limit.Value };

        JwsTokens.Verify(TokenOf(bytes), options).Should().Be(RejectionReason.None);
        JwsTokens.Verify(TokenOf(bytes + 1), options).Should().Be(RejectionReason.TokenTooLarge);
    }

    [Theory]
    [InlineData('.')]
    [InlineData('A')]
    [InlineData('\0')]
    public void TryVerify_RejectsATokenOfOneMegabyte(char character) =>
        JwsTokens.Verify(new string(character, 1_000_000)).Should().Be(RejectionReason.TokenTooLarge);

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"alg\":[")]
    public void TryVerify_RejectsADeeplyNestedHeader(string unit)
    {
        string header = string.Concat(Enumerable.Repeat(unit, 12_000 / unit.Length));

        JwsTokens.Verify($"{JwsTokens.Encode(header)}.e30.AAAA").Should().Be(RejectionReason.TokenBadHeader);
    }

    [Fact]
    public void TryVerify_AcceptsALongHeader() =>
        JwsTokens.Verify(JwsTokens.Rsa.Sign($$"""{"alg":"RS256","kid":"r","x5c":["{{new string('A', 8000)}}"]}""", "{}"u8))
            .Should().Be(RejectionReason.None);

    // The buffer on the stack has 256 bytes. A longer header is decoded into a pooled buffer.
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1024)]
    [InlineData(1025)]
    public void TryVerify_AcceptsAHeader_OnTheStackAndInAPooledBuffer(int bytes)
    {
        string header = Header.PadRight(bytes);

        JwsTokens.Verify(JwsTokens.Rsa.Sign(header, "{}"u8)).Should().Be(RejectionReason.None);
        JwsTokens.Verify(JwsTokens.Rsa.Sign($"{header[..^1]}}}", "{}"u8)).Should().Be(RejectionReason.TokenBadHeader);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    public void TryVerify_AllocatesNothing_ForAValidToken(string text)
    {
        byte[] token = Encoding.ASCII.GetBytes(JwsTokens.Rsa.Sign(Header, Encoding.UTF8.GetBytes(text)));
        JwsVerifier verifier = new();
        byte[] payload = new byte[verifier.MaxPayloadLength];
        for (int i = 0; i < 200; i++)
            verifier.TryVerify(token, JwsTokens.Keys, payload, out _, out _).Should().BeTrue();

        bool allVerified = true;
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 200; i++)
                allVerified &= verifier.TryVerify(token, JwsTokens.Keys, payload, out _, out _);
        });

        allVerified.Should().BeTrue();
        allocated.Should().Be(0);
    }

    [Fact]
    public void TryVerify_ReportsTheRequiredAndThePresentedKey()
    {
        JwsVerifier verifier = new();
        string token = JwsTokens.Rsa.Sign("""{"alg":"RS256","kid":"x\ny"}""", "{}"u8);
        byte[] payload = new byte[verifier.MaxPayloadLength];

        verifier.TryVerify(Encoding.ASCII.GetBytes(token), JwsTokens.Keys, payload, out _, out Rejection? rejection);

        (rejection?.Required).Should().Contain("6 keys");
        (rejection?.Presented).Should().StartWith("x");
        $"{rejection}".Should().NotContain("\n");
    }

    [Fact]
    public void TryVerify_ThrowsForApplicationErrors()
    {
        byte[] token = Encoding.ASCII.GetBytes(TokenOf(2000));
        JwsVerifier verifier = new();

        FluentActions.Invoking(() => verifier.TryVerify(token, null!, [], out _, out _)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => verifier.TryVerify(token, JwsTokens.Keys, new byte[10], out _, out _))
            .Should().ThrowExactly<ArgumentException>();
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1023, false)]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Constructor_ChecksTheLimit(int limit, bool isValid)
    {
        JwsOptions options = new() { MaxTokenLength = limit };

        ArgumentException? thrown = Record.Exception(() => new JwsVerifier(options)) as ArgumentException;

        (thrown is null).Should().Be(isValid);
        (isValid || thrown!.Message.Contains($"{limit}", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public void Constructor_ReportsAllProblems()
    {
        JwsOptions[] wrong =
        [
            new() { MaxTokenLength = 0, Algorithms = [] },
            new() { MaxTokenLength = 0, Algorithms = default },
            new() { MaxTokenLength = 0, Algorithms = [SignatureAlgorithm.RS256, SignatureAlgorithm.None] },
            new() { MaxTokenLength = 0, Algorithms = [(SignatureAlgorithm)10] },
        ];

        wrong.Should().AllSatisfy(options =>
        {
            string message = FluentActions.Invoking(() => new JwsVerifier(options))
                .Should().ThrowExactly<ArgumentException>().Which.Message;
            message.Should().Contain(nameof(JwsOptions.MaxTokenLength));
            message.Should().Contain(nameof(JwsOptions.Algorithms));
        });
    }

    // An additional byte of payload makes the token longer by one or two characters. Padding of the header adjusts the rest.
    private static string TokenOf(int bytes)
    {
        int rest = bytes - JwsTokens.Rsa.Sign(Header, default).Length;
        for (int padding = 0; padding < 3; padding++)
        {
            string header = Header + new string(' ', padding);
            for (int payload = rest * 3 / 4 - 8; payload <= rest; payload++)
            {
                int length = (header.Length * 4 + 2) / 3 + (payload * 4 + 2) / 3 + 342 + 2;
                if (length == bytes)
                    return JwsTokens.Rsa.Sign(header, new byte[payload]);
                if (length > bytes)
                    break;
            }
        }

        throw new InvalidOperationException($"No token has {bytes} bytes.");
    }
}

using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class AuthTokenOptionsTests
{
    private static readonly AuthTokenOptions[] s_inRange =
    [
        new(),
        new() { MaxTokenAge = TimeSpan.FromSeconds(1), ClockSkew = TimeSpan.FromMinutes(5), TokenCacheSize = 0 },
        new() { MaxTokenAge = TimeSpan.FromDays(1), TokenCacheSize = 65_536, Audiences = ["a", "b"] },
        new() { MaxTokenLength = 1024, Algorithms = [SignatureAlgorithm.ES256] },
        new() { MaxTokenLength = 65_536 },
    ];

    public static TheoryData<string, AuthTokenOptions> OutOfRange => new()
    {
        { "MaxTokenAge", new() { MaxTokenAge = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1) } },
        { "MaxTokenAge", new() { MaxTokenAge = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) } },
        { "ClockSkew", new() { ClockSkew = TimeSpan.FromTicks(-1) } },
        { "ClockSkew", new() { ClockSkew = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) } },
        { "Audiences", new() { Audiences = default } },
        { "Audiences", new() { Audiences = ["a", ""] } },
        { "Audiences", new() { Audiences = [null!] } },
        { "Audiences", new() { Audiences = ["\uD800"] } },
        { "TokenCacheSize", new() { TokenCacheSize = -1 } },
        { "TokenCacheSize", new() { TokenCacheSize = 65_537 } },
        { "TimeProvider", new() { TimeProvider = null! } },
        { "MaxTokenLength", new() { MaxTokenLength = 1023 } },
        { "MaxTokenLength", new() { MaxTokenLength = 65_537 } },
        { "Algorithms", new() { Algorithms = [] } },
        { "Algorithms", new() { Algorithms = default } },
        { "Algorithms", new() { Algorithms = [SignatureAlgorithm.None] } },
        { "Algorithms", new() { Algorithms = [SignatureAlgorithm.RS256, (SignatureAlgorithm)33] } },
    };

    [Fact]
    public void Constructor_AcceptsValuesInRange() => s_inRange.Should().AllSatisfy(
        options => new AuthTokenValidator(options).Should().NotBeNull());

    [Theory, MemberData(nameof(OutOfRange))]
    public void Constructor_RejectsValuesOutOfRange(string name, AuthTokenOptions options)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => new AuthTokenValidator(options));

        e.Message.Should().Contain($"{name} must");
    }

    [Fact]
    public void Constructor_ReportsAllProblems()
    {
        AuthTokenOptions options = new()
        {
            MaxTokenAge = TimeSpan.Zero,
            ClockSkew = TimeSpan.FromDays(1),
            Audiences = [""],
            TokenCacheSize = -1,
            TimeProvider = null!,
            MaxTokenLength = 0,
            Algorithms = [],
        };

        ArgumentException e = FluentActions.Invoking(() => new AuthTokenValidator(options))
            .Should().ThrowExactly<ArgumentException>().Which;

        string[] names = ["MaxTokenAge", "ClockSkew", "Audiences", "TokenCacheSize", "TimeProvider", "MaxTokenLength", "Algorithms"];
        names.Should().AllSatisfy(name => e.Message.Should().Contain($"{name} must"));
        FluentActions.Invoking(() => new TokenAuthenticator(new NoSource(), options))
            .Should().ThrowExactly<ArgumentException>().Which.Message.Should().Be(e.Message);
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RS256, 1024, RejectionReason.None)]
    [InlineData(SignatureAlgorithm.ES256, 1024, RejectionReason.TokenAlgorithmNotAllowed)]
    public void TryValidate_AcceptsOnlyTheAlgorithmsOfTheOptions(SignatureAlgorithm algorithm, int maxLength, RejectionReason expected) =>
        Validate(new() { Algorithms = [algorithm], MaxTokenLength = maxLength }, 0).Should().Be(expected);

    [Theory]
    [InlineData(0, RejectionReason.None)]
    [InlineData(1024, RejectionReason.TokenTooLarge)]
    public void TryValidate_AcceptsOnlyTokensUpToTheMaximumLength(int padding, RejectionReason expected) =>
        Validate(new() { MaxTokenLength = 1024 }, padding).Should().Be(expected);

    [Fact]
    public void Constructor_RejectsExpectedClaimsThatNoTokenCanHave()
    {
        FluentActions.Invoking(() => new ExpectedClaims("")).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new ExpectedClaims(null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => new ExpectedClaims("a", null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => new ExpectedClaims("a", "b", "")).Should().ThrowExactly<ArgumentException>();
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("\uD800"));
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("a", "\uDC00"));
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("a", "b", "\uD800"));

        ExpectedClaims claims = new("a", "b", "c");
        (claims.Subject, claims.Email, claims.Issuer).Should().Be(("a", "b", "c"));
        (new ExpectedClaims("a").Subject, new ExpectedClaims("a").Email, new ExpectedClaims("a").Issuer).Should().Be(("a", "", null));
    }

    // The padding is in a claim that is ignored.
    private static RejectionReason Validate(AuthTokenOptions options, int padding)
    {
        long now = ClaimRow.Now.ToUnixTimeSeconds();
        byte[] payload = Encoding.UTF8.GetBytes($$"""
            {"sub":"alice","email":"","iat":{{now}},"exp":{{now + 60}},"p":"{{new string('x', padding)}}"}
            """);
        string token = JwsTokens.Rsa.Sign("""{"alg":"RS256","kid":"r"}""", payload);
        AuthTokenValidator validator = new(options with { TimeProvider = new FixedClock(ClaimRow.Now) });
        bool isValid = validator.TryValidate(Encoding.ASCII.GetBytes(token), JwsTokens.Keys, new("alice"), out Rejection? rejection);

        (rejection is null).Should().Be(isValid);
        return rejection?.Reason ?? RejectionReason.None;
    }

    private sealed class NoSource : ISource<TokenKeySet>
    {
        public TokenKeySet Current => throw new NotSupportedException();
    }
}

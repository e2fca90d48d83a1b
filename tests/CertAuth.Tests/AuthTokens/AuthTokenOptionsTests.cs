using CertAuth.AuthTokens;
using CertAuth.Signing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

public sealed class AuthTokenOptionsTests
{
    private static readonly AuthTokenOptions[] s_inRange =
    [
        new(),
        new() { MaxTokenAge = TimeSpan.FromSeconds(1), ClockSkew = TimeSpan.FromMinutes(5), TokenCacheSize = 0 },
        new() { MaxTokenAge = TimeSpan.FromDays(1), TokenCacheSize = 65_536, Audiences = ["a", "b"] },
        new() { Jws = new() { MaxTokenLength = 1024, Algorithms = [SignatureAlgorithm.ES256] } },
        new() { Jws = new() { MaxTokenLength = 65_536 } },
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
        { "Signature", new() { Jws = null! } },
        { "MaxTokenLength", new() { Jws = new() { MaxTokenLength = 1023 } } },
        { "MaxTokenLength", new() { Jws = new() { MaxTokenLength = 65_537 } } },
        { "Algorithms", new() { Jws = new() { Algorithms = [] } } },
        { "Algorithms", new() { Jws = new() { Algorithms = default } } },
        { "Algorithms", new() { Jws = new() { Algorithms = [SignatureAlgorithm.None] } } },
        { "Algorithms", new() { Jws = new() { Algorithms = [SignatureAlgorithm.RS256, (SignatureAlgorithm)33] } } },
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
            Jws = new() { MaxTokenLength = 0, Algorithms = [] },
        };

        ArgumentException e = FluentActions.Invoking(() => new AuthTokenValidator(options))
            .Should().ThrowExactly<ArgumentException>().Which;

        string[] names = ["MaxTokenAge", "ClockSkew", "Audiences", "TokenCacheSize", "TimeProvider", "MaxTokenLength", "Algorithms"];
        names.Should().AllSatisfy(name => e.Message.Should().Contain($"{name} must"));
        FluentActions.Invoking(() => new TokenAuthenticator(new NoSource(), options))
            .Should().ThrowExactly<ArgumentException>().Which.Message.Should().Be(e.Message);
    }

    [Fact]
    public void ExpectedClaims_RejectUnsatisfiableValues()
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

    private sealed class NoSource : ISource<TokenKeySet>
    {
        public TokenKeySet Current => throw new NotSupportedException();
    }
}

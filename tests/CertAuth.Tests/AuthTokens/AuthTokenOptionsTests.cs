using CertAuth.AuthTokens;
using CertAuth.Signing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

public sealed class AuthTokenOptionsTests
{
    private static readonly AuthTokenOptions[] s_inRange =
    [
        new(),
        new() { MaxAge = TimeSpan.FromSeconds(1), ClockSkew = TimeSpan.FromMinutes(5), CachedTokens = 0 },
        new() { MaxAge = TimeSpan.FromDays(1), CachedTokens = 65_536, Audiences = ["a", "b"] },
        new() { Signature = new() { MaxTokenLength = 1024, AllowedAlgorithms = [SignatureAlgorithm.ES256] } },
        new() { Signature = new() { MaxTokenLength = 65_536 } },
    ];

    public static TheoryData<string, AuthTokenOptions> OutOfRange => new()
    {
        { "MaxAge", new() { MaxAge = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1) } },
        { "MaxAge", new() { MaxAge = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) } },
        { "ClockSkew", new() { ClockSkew = TimeSpan.FromTicks(-1) } },
        { "ClockSkew", new() { ClockSkew = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) } },
        { "Audiences", new() { Audiences = default } },
        { "Audiences", new() { Audiences = ["a", ""] } },
        { "Audiences", new() { Audiences = [null!] } },
        { "Audiences", new() { Audiences = ["\uD800"] } },
        { "CachedTokens", new() { CachedTokens = -1 } },
        { "CachedTokens", new() { CachedTokens = 65_537 } },
        { "TimeProvider", new() { TimeProvider = null! } },
        { "Signature", new() { Signature = null! } },
        { "MaxTokenLength", new() { Signature = new() { MaxTokenLength = 1023 } } },
        { "MaxTokenLength", new() { Signature = new() { MaxTokenLength = 65_537 } } },
        { "AllowedAlgorithms", new() { Signature = new() { AllowedAlgorithms = [] } } },
        { "AllowedAlgorithms", new() { Signature = new() { AllowedAlgorithms = default } } },
        { "AllowedAlgorithms", new() { Signature = new() { AllowedAlgorithms = [SignatureAlgorithm.None] } } },
        { "AllowedAlgorithms", new() { Signature = new() { AllowedAlgorithms = [SignatureAlgorithm.RS256, (SignatureAlgorithm)33] } } },
    };

    [Fact]
    public void Constructor_TakesWhatIsInRange() => s_inRange.Should().AllSatisfy(
        options => new AuthTokenValidator(options).Should().NotBeNull());

    [Theory, MemberData(nameof(OutOfRange))]
    public void Constructor_RefusesWhatIsOutOfRange(string name, AuthTokenOptions options)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => new AuthTokenValidator(options));

        e.Message.Should().Contain($"{name} must");
    }

    [Fact]
    public void Constructor_NamesAllProblemsAtOnce()
    {
        AuthTokenOptions options = new()
        {
            MaxAge = TimeSpan.Zero,
            ClockSkew = TimeSpan.FromDays(1),
            Audiences = [""],
            CachedTokens = -1,
            TimeProvider = null!,
            Signature = new() { MaxTokenLength = 0, AllowedAlgorithms = [] },
        };

        ArgumentException e = FluentActions.Invoking(() => new AuthTokenValidator(options))
            .Should().ThrowExactly<ArgumentException>().Which;

        string[] names = ["MaxAge", "ClockSkew", "Audiences", "CachedTokens", "TimeProvider", "MaxTokenLength", "AllowedAlgorithms"];
        names.Should().AllSatisfy(name => e.Message.Should().Contain($"{name} must"));
        FluentActions.Invoking(() => new TokenAuthenticator(new NoSource(), options))
            .Should().ThrowExactly<ArgumentException>().Which.Message.Should().Be(e.Message);
    }

    [Fact]
    public void ExpectedClaims_RefuseWhatNoTokenCanMeet()
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

    private sealed class NoSource : ISource<VerificationKeySet>
    {
        public VerificationKeySet Current => throw new NotSupportedException();
    }
}

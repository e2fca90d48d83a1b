using CertAuth.AuthTokens;
using CertAuth.Signing;

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
    public void Constructor_TakesWhatIsInRange() => Assert.All(s_inRange, options => Assert.NotNull(new AuthTokenValidator(options)));

    [Theory, MemberData(nameof(OutOfRange))]
    public void Constructor_RefusesWhatIsOutOfRange(string name, AuthTokenOptions options)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => new AuthTokenValidator(options));

        Assert.Contains($"{name} must", e.Message, StringComparison.Ordinal);
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

        ArgumentException e = Assert.Throws<ArgumentException>(() => new AuthTokenValidator(options));

        string[] names = ["MaxAge", "ClockSkew", "Audiences", "CachedTokens", "TimeProvider", "MaxTokenLength", "AllowedAlgorithms"];
        Assert.All(names, name => Assert.Contains($"{name} must", e.Message, StringComparison.Ordinal));
        Assert.Equal(e.Message, Assert.Throws<ArgumentException>(() => new TokenAuthenticator(new NoSource(), options)).Message);
    }

    [Fact]
    public void ExpectedClaims_RefuseWhatNoTokenCanMeet()
    {
        Assert.Throws<ArgumentException>(() => new ExpectedClaims(""));
        Assert.Throws<ArgumentNullException>(() => new ExpectedClaims(null!));
        Assert.Throws<ArgumentNullException>(() => new ExpectedClaims("a", null!));
        Assert.Throws<ArgumentException>(() => new ExpectedClaims("a", "b", ""));
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("\uD800"));
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("a", "\uDC00"));
        Assert.ThrowsAny<ArgumentException>(() => new ExpectedClaims("a", "b", "\uD800"));

        ExpectedClaims claims = new("a", "b", "c");
        Assert.Equal(("a", "b", "c"), (claims.Subject, claims.Email, claims.Issuer));
        Assert.Equal(("a", "", null), (new ExpectedClaims("a").Subject, new ExpectedClaims("a").Email, new ExpectedClaims("a").Issuer));
    }

    private sealed class NoSource : ISource<VerificationKeySet>
    {
        public VerificationKeySet Current => throw new NotSupportedException();
    }
}

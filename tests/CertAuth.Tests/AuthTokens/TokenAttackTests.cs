using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Json;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Regression tests for weaknesses that a security review of the token parsers found.</summary>
public sealed class TokenAttackTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");

    // The attack: names that contain an escape and differ only near their end. Each pair was compared to its end.
    [Fact]
    public void ComputeHash_Differs_ForLongNamesWithEscapes()
    {
        string prefix = $"\\u0061{new string('x', 100)}";
        int[] hashes = [.. Enumerable.Range(0, 100).Select(i => JsonText.ComputeHash(Encoding.ASCII.GetBytes($"{prefix}{i}")))];

        hashes.Distinct().Count().Should().BeInRange(99, 100);
        JsonText.ComputeHash("\\u0061\\u00e9"u8).Should().Be(JsonText.ComputeHash("aé"u8));
    }

    // The attack: the escape \b is a backspace, and the raw string of the claim equals the name of an account with a backslash.
    [Theory]
    [InlineData("sub", @"DOM\bob", RejectionReason.TokenSubjectMismatch)]
    [InlineData("email", @"\bob@x.test", RejectionReason.TokenEmailMismatch)]
    [InlineData("iss", @"https:\/\/issuer", RejectionReason.TokenIssuerMismatch)]
    public void TryValidate_ComparesClaimsAfterUnescaping(string claim, string raw, RejectionReason expected)
    {
        FixedClock clock = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        string Claim(string name, string value) => $"\"{name}\":\"{(claim == name ? raw : value)}\"";
        string payload =
            $"{{{Claim("sub", "a")},{Claim("email", "e")},{Claim("iss", "i")},\"iat\":{now},\"exp\":{now + 60}}}";
        byte[] token = Encoding.ASCII.GetBytes(
            JwsTokens.Rsa.Sign("""{"alg":"RS256","kid":"r"}""", Encoding.ASCII.GetBytes(payload)));
        string Expected(string name, string value) => claim == name ? raw : value;
        ExpectedClaims account = new(Expected("sub", "a"), Expected("email", "e"), Expected("iss", "i"));

        new AuthTokenValidator(new() { TimeProvider = clock }).TryValidate(token, JwsTokens.Keys, account, out Rejection? rejection)
            .Should().BeFalse();
        rejection!.Reason.Should().Be(expected);
    }

    // The bug: the cache kept every JWK set alive with which its tokens were verified.
    [Fact]
    public void TryValidate_ReleasesTheOldKeySet_WhenItIsReplaced()
    {
        AuthTokenValidator validator = new();
        WeakReference old = Validate(validator);
        Validate(validator);
        for (int i = 0; i < 5 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        old.IsAlive.Should().BeFalse();
    }

    // The bug: the limit for the length of a kid counted its escapes.
    [Fact]
    public void TryParse_LimitsTheUnescapedLengthOfAKeyId()
    {
        string keyId = new('中', 300);
        TestTokenKey key = s_key.With(keyId: keyId);
        TokenKeySet keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(key));
        string token = key.Mint("u", "", DateTimeOffset.UtcNow);

        new AuthTokenValidator().TryValidate(Encoding.ASCII.GetBytes(token), keys, new("u"), out Rejection? rejection)
            .Should().BeTrue(rejection?.ToString());
    }

    // The bug: a JWK set of one megabyte caused a message of eight megabytes.
    [Fact]
    public void Parse_LimitsTheLengthOfItsMessage()
    {
        string keyId = new('\u007F', 500);
        string keys = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"kty":"oct","kid":"{{keyId}}{{i}}"}"""));

        FormatException e = FluentActions.Invoking(() => TokenKeySet.Parse(Encoding.UTF8.GetBytes($$"""{"keys":[{{keys}}]}""")))
            .Should().ThrowExactly<FormatException>().Which;

        e.Message.Length.Should().BeInRange(100, 30_000);
        e.Message.Should().EndWith(" Further unusable keys: 497.");
    }

    // A separate method, so that no reference stays in a register.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Validate(AuthTokenValidator validator)
    {
        TokenKeySet keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));
        validator.TryValidate(Encoding.ASCII.GetBytes(s_key.Mint("u", "", DateTimeOffset.UtcNow)), keys, new("u"), out _).Should().BeTrue();
        return new(keys);
    }
}

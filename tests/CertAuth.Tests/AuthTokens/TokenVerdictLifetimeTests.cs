using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The cache stores tokens with verified signatures, not verdicts. Each verdict depends on the current time.</summary>
public sealed class TokenVerdictLifetimeTests
{
    private static readonly DateTimeOffset s_now = ClaimRow.Now;
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");

    private readonly FixedClock _clock = new(s_now);

    [Theory]
    [InlineData("iat", RejectionReason.TokenIssuedInFuture)]
    [InlineData("nbf", RejectionReason.TokenNotYetValid)]
    public void TryValidate_ChecksTheTimesOfACachedTokenAgain(string claim, RejectionReason before)
    {
        AuthTokenValidator validator = new(new() { TimeProvider = _clock });
        TokenKeySet keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));
        byte[] token = Mint(claim, s_now.AddSeconds(2));

        Validate(validator, keys, token, s_now).Should().Be(before);
        Validate(validator, keys, token, s_now.AddSeconds(2).AddTicks(-1)).Should().Be(before);
        Validate(validator, keys, token, s_now.AddSeconds(2)).Should().Be(RejectionReason.None);
        Validate(validator, keys, token, s_now).Should().Be(before);
    }

    private static byte[] Mint(string claim, DateTimeOffset start)
    {
        JsonObject claims = new()
        {
            ["sub"] = "alice",
            ["email"] = "alice@x.test",
            ["iat"] = s_now.ToUnixTimeSeconds(),
            ["exp"] = s_now.ToUnixTimeSeconds() + 60,
        };
        claims[claim] = start.ToUnixTimeSeconds();
        return Encoding.ASCII.GetBytes(s_key.Mint(claims));
    }

    private RejectionReason Validate(AuthTokenValidator validator, TokenKeySet keys, byte[] token, DateTimeOffset at)
    {
        _clock.Now = at;
        return validator.TryValidate(token, keys, new("alice", "alice@x.test"), out Rejection? rejection)
            ? RejectionReason.None
            : rejection.Reason;
    }
}

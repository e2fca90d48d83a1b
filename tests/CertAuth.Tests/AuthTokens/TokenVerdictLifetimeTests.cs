using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The cache of verified tokens holds signatures, not verdicts: each verdict is of its own instant.</summary>
public sealed class TokenVerdictLifetimeTests
{
    private static readonly DateTimeOffset s_now = ClaimRow.Now;
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");

    private readonly FixedClock _clock = new(s_now);

    [Theory]
    [InlineData("iat", FailureReason.TokenIssuedInFuture)]
    [InlineData("nbf", FailureReason.TokenNotYetValid)]
    public void TryValidate_AcceptsACachedToken_FromTheInstantAtWhichItIsValid(string claim, FailureReason before)
    {
        AuthTokenValidator validator = new(new() { TimeProvider = _clock });
        VerificationKeySet keys = VerificationKeySet.Parse(TestTokenKey.KeySet(s_key));
        byte[] token = Mint(claim, s_now.AddSeconds(2));

        Judge(validator, keys, token, s_now).Should().Be(before);
        Judge(validator, keys, token, s_now.AddSeconds(2).AddTicks(-1)).Should().Be(before);
        Judge(validator, keys, token, s_now.AddSeconds(2)).Should().Be(FailureReason.None);
        Judge(validator, keys, token, s_now).Should().Be(before);
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

    private FailureReason Judge(AuthTokenValidator validator, VerificationKeySet keys, byte[] token, DateTimeOffset at)
    {
        _clock.Now = at;
        return validator.TryValidate(token, keys, new("alice", "alice@x.test"), out Refusal? refusal) ? FailureReason.None : refusal.Reason;
    }
}

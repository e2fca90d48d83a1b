using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The example token in TiDB's public documentation.</summary>
public sealed class TidbExampleTests
{
    private const long IssuedAt = 1703304594;

    private const string Token =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InRoZS1rZXktaWQtMCIsInR5cCI6IkpXVCJ9."
        + "eyJlbWFpbCI6InVzZXJAcGluZ2NhcC5jb20iLCJleHAiOjE3MDMzMDU0OTQsImlhdCI6MTcwMzMwNDU5NCwiaXNzIjoiaXNzdWVyLWFiYyIsInN1YiI6InVzZXJA"
        + "cGluZ2NhcC5jb20ifQ."
        + "T4QPh2hTB5on5xCuvtWiZiDTuuKvckggNHtNaovm1F4RvwUv15GyOqj9yMstE-wSoV5eLEcPC2HgE6eN1C6yH_f4CU-A6n3dm9F1w-oLbjts7aYCl8OHycVYnq60"
        + "9fNnb8JLsQAmd1Zn9C0JW899-WSOQtvjLqVSPe9prH-cWaBVDQXzUJKxwywQzk9v-Z1Njt9H3Rn9vvwwJEEPI16VnaNK38I7YG-1LN4fAG9jZ6Zwvz7vb_s4TW7x"
        + "ccFf3dIhWTEwOQ5jDPCeYkwraRXU8NC6DPF_duSrYJc7d7Nu9Z2cr-E4i1Rt_IiRTuIIzzKlcQGg7jd9AGEfGe_SowsA-w";

    private static readonly ExpectedClaims s_user = new("user@pingcap.com", "user@pingcap.com", "issuer-abc");

    [Theory]
    [InlineData(-1, RejectionReason.TokenIssuedInFuture)]
    [InlineData(0, RejectionReason.None)]
    [InlineData(450, RejectionReason.None)]
    [InlineData(900, RejectionReason.None)]
    [InlineData(901, RejectionReason.TokenMaxAgeExceeded)]
    public void TryValidate_AcceptsTheExampleForFifteenMinutes(int seconds, RejectionReason reason)
    {
        AuthTokenValidator validator = ValidatorAt(IssuedAt + seconds);

        validator.TryValidate(Encoding.ASCII.GetBytes(Token), Keys(), s_user, out Rejection? rejection);

        (rejection?.Reason ?? RejectionReason.None).Should().Be(reason);
    }

    [Fact]
    public void TryValidate_RejectsTheExample_WhenTheKeyIdNamesTheOtherKey()
    {
        TokenKeySet other = Keys(json => json.Replace("the-key-id-0", "x", StringComparison.Ordinal)
            .Replace("the-key-id-1", "the-key-id-0", StringComparison.Ordinal));

        bool accepted = ValidatorAt(IssuedAt).TryValidate(Encoding.ASCII.GetBytes(Token), other, s_user, out Rejection? rejection);

        accepted.Should().BeFalse();
        rejection!.Reason.Should().Be(RejectionReason.TokenBadSignature);
    }

    private static AuthTokenValidator ValidatorAt(long seconds) =>
        new(new() { TimeProvider = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(seconds)) });

    private static TokenKeySet Keys(Func<string, string>? change = null)
    {
        string json = File.ReadAllText(SharedFiles.RequireVectors("tidb-example-jwks.json"));
        return TokenKeySet.Parse(Encoding.UTF8.GetBytes(change?.Invoke(json) ?? json));
    }
}

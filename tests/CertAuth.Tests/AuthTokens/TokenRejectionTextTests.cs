using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The texts of rejected tokens. A text says that nothing was presented only if there was no token.</summary>
public sealed class TokenRejectionTextTests
{
    private const string Header = """{"alg":"RS256","kid":"r"}""";

    private const string Base64 = "A part of the token is not base64url. Required: base64url without padding; presented:";
    private const string OneObject = "Required: one JSON object without repeated members, at most 128 members in each object; presented:";

    private static readonly string[] s_parts = JwsTokens.Rsa.Sign(Header, "{}"u8).Split('.');

    public static TheoryData<string, string> Tokens => new()
    {
        { $"{s_parts[0]}=.{s_parts[1]}.{s_parts[2]}", $"{Base64} a header in another encoding." },
        { $"{s_parts[0]}.A.{s_parts[2]}", $"{Base64} a payload in another encoding." },
        { $"{s_parts[0]}.{s_parts[1]}.{s_parts[2]}==", $"{Base64} a signature in another encoding." },
        { "x", "The token is malformed. Required: three parts joined by dots; presented: a token with another number of parts." },
        { "a.b.c.d.e", "The token is malformed. Required: three parts joined by dots; presented: a token with another number of parts." },
        { ".b.c", "The token is malformed. Required: three parts joined by dots; presented: a token with an empty header or signature." },
        { "", "The token is malformed. Required: three parts joined by dots; none presented." },
        {
            $"{JwsTokens.Encode("[]")}.{s_parts[1]}.{s_parts[2]}",
            $"The header of the token is malformed. {OneObject} a header of another form."
        },
        { JwsTokens.Rsa.Sign(Header, "[]"u8), $"The payload of the token is malformed. {OneObject} a payload of another form." },
    };

    [Theory(DisableDiscoveryEnumeration = true), MemberData(nameof(Tokens))]
    public void TryValidate_ReportsThePresentedFact(string token, string expected) => Reject(token, JwsTokens.Keys).Should().Be(expected);

    [Fact]
    public void TryValidate_ReportsAStaleKeySet() => Reject(string.Join('.', s_parts), TokenKeySet.Empty)
        .Should().Be("The token keys are stale. Required: a JWK set within its maximum age; presented: a stale JWK set.");

    [Theory]
    [InlineData(0, "iat at or before 2026-01-02T03:04:05.0000000+00:00")]
    [InlineData(60, "iat at or before 2026-01-02T03:04:05.0000000+00:00 (clock skew: 00:01:00)")]
    public void TryValidate_ReportsTheClockSkew_WhenItIsSet(int skew, string expected)
    {
        AuthTokenOptions options = new() { ClockSkew = TimeSpan.FromSeconds(skew), TimeProvider = new FixedClock(ClaimRow.Now) };
        byte[] token = Encoding.ASCII.GetBytes(JwsTokens.Rsa.Sign(Header, ClaimRow.All["iat now+61, skew 60"].PayloadBytes));

        new AuthTokenValidator(options).TryValidate(token, JwsTokens.Keys, new("alice", "alice@x.test"), out Rejection? rejection);

        rejection!.Required.Should().Be(expected);
    }

    private static string Reject(string token, TokenKeySet keys)
    {
        AuthTokenValidator validator = new();
        validator.TryValidate(Encoding.UTF8.GetBytes(token), keys, new("alice", ""), out Rejection? rejection).Should().BeFalse();
        return rejection!.ToString();
    }
}

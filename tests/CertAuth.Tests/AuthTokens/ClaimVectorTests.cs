using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class ClaimVectorTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly TokenKeySet s_keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));

    public static TheoryData<string> Ids => [.. ClaimRow.All.Keys];

    // The second call reads the token from the cache.
    [Theory, MemberData(nameof(Ids))]
    public void TryValidate_AgreesWithRow(string id)
    {
        ClaimRow row = ClaimRow.All[id];
        byte[] token = Encoding.ASCII.GetBytes(s_key.Sign(Encoding.Latin1.GetString(row.HeaderBytes), row.PayloadBytes));
        AuthTokenValidator validator = new(row.ToOptions(new(ClaimRow.Now)));
        ExpectedClaims expected = row.Claims();

        for (int i = 0; i < 2; i++)
        {
            bool accepted = validator.TryValidate(token, s_keys, expected, out Rejection? rejection);

            (rejection?.Reason ?? RejectionReason.None).Should().Be(row.Reason);
            accepted.Should().Be(row.Reason == RejectionReason.None);
            Assert.DoesNotContain($"{rejection}", char.IsControl);
        }
    }

    [Fact]
    public void Rows_CoverAcceptedTokensAndEveryReason()
    {
        ClaimRow.All.Count.Should().BeInRange(200, 1000);
        ClaimRow.All.Values.Count(row => row.Reason == RejectionReason.None).Should().BeInRange(50, 500);
        ReasonsOfSignedTokens().Should().NotBeEmpty();
        ReasonsOfSignedTokens().Should().AllSatisfy(reason => ClaimRow.All.Values.Should().Contain(row => row.Reason == reason));
    }

    // The reasons for which a header or a payload with a valid signature can be rejected.
    private static IEnumerable<RejectionReason> ReasonsOfSignedTokens() => Enum.GetValues<RejectionReason>().Where(reason => reason
        is (>= RejectionReason.TokenBadPayload and <= RejectionReason.TokenAudienceMismatch)
        or (>= RejectionReason.TokenBadHeader and <= RejectionReason.TokenKeyUnknown));
}

using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

public sealed class ClaimVectorTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly VerificationKeySet s_keys = VerificationKeySet.Parse(TestTokenKey.KeySet(s_key));

    public static TheoryData<string> Ids => [.. ClaimRow.All.Keys];

    // The second answer comes from the remembered token.
    [Theory, MemberData(nameof(Ids))]
    public void TryValidate_AgreesWithRow(string id)
    {
        ClaimRow row = ClaimRow.All[id];
        byte[] token = Encoding.ASCII.GetBytes(s_key.Sign(Encoding.Latin1.GetString(row.HeaderOctets), row.PayloadOctets));
        AuthTokenValidator validator = new(row.ToOptions(new(ClaimRow.Now)));
        ExpectedClaims expected = row.Claims();

        for (int i = 0; i < 2; i++)
        {
            bool accepted = validator.TryValidate(token, s_keys, expected, out Refusal? refusal);

            (refusal?.Reason ?? FailureReason.None).Should().Be(row.Reason);
            accepted.Should().Be(row.Reason == FailureReason.None);
            Assert.DoesNotContain($"{refusal}", char.IsControl);
        }
    }

    [Fact]
    public void Rows_AreOnBothSides()
    {
        ClaimRow.All.Count.Should().BeInRange(200, 1000);
        ClaimRow.All.Values.Count(row => row.Reason == FailureReason.None).Should().BeInRange(50, 500);
        FixedReasons().Should().NotBeEmpty();
        FixedReasons().Should().AllSatisfy(reason => ClaimRow.All.Values.Should().Contain(row => row.Reason == reason));
    }

    // Those that a payload or a header under a good signature can have.
    private static IEnumerable<FailureReason> FixedReasons() => Enum.GetValues<FailureReason>().Where(reason =>
        reason is (>= FailureReason.TokenBadPayload and <= FailureReason.TokenAudienceMismatch) or (>= FailureReason.TokenBadHeader and <= FailureReason.TokenKeyUnknown));
}

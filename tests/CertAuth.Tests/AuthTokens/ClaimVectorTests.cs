using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;

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

            Assert.Equal(row.Reason, refusal?.Reason ?? FailureReason.None);
            Assert.Equal(row.Reason == FailureReason.None, accepted);
            Assert.DoesNotContain($"{refusal}", char.IsControl);
        }
    }

    [Fact]
    public void Rows_AreOnBothSides()
    {
        Assert.InRange(ClaimRow.All.Count, 200, 1000);
        Assert.InRange(ClaimRow.All.Values.Count(row => row.Reason == FailureReason.None), 50, 500);
        Assert.NotEmpty(FixedReasons());
        Assert.All(FixedReasons(), reason => Assert.Contains(ClaimRow.All.Values, row => row.Reason == reason));
    }

    // Those that a payload or a header under a good signature can have.
    private static IEnumerable<FailureReason> FixedReasons() => Enum.GetValues<FailureReason>().Where(reason =>
        reason is (>= FailureReason.TokenBadPayload and < FailureReason.ForwardedInfoMissing) or (>= FailureReason.TokenBadHeader and <= FailureReason.TokenKeyUnknown));
}

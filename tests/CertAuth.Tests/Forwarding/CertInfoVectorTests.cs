using CertAuth.Forwarding;

namespace CertAuth.Tests.Forwarding;

/// <summary>Accepted and rejected tokens for every check. The rows are in <c>cert-info.json</c>.</summary>
public sealed class CertInfoVectorTests
{
    private static readonly string[] s_keys = ["RSA", "P-256", "P-384"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string id in CertInfoRow.All.Keys)
            {
                foreach (string key in s_keys)
                    cases.Add(id, key);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task VerifyAsync_AgreesWithRow(string id, string key)
    {
        CertInfoRow row = CertInfoRow.All[id];
        CertInfoTokenVerifier verifier = new(new()
        {
            SharedKey = TestSigner.Of(key).Ring,
            TimeProvider = new FixedClock(TestClock.Now.AddSeconds(row.Now)),
        });

        CertInfoResult result = await verifier.VerifyAsync(
            row.ToAttributes(TestSigner.Of(key)), row.LoginUser, row.ServerChallenge, TestContext.Current.CancellationToken);

        (result.Rejection?.Reason ?? RejectionReason.None).Should().Be(row.Reason);
        result.Succeeded.Should().Be(row.Reason == RejectionReason.None);
        (result.Succeeded || result.Connection is null).Should().BeTrue();
        Assert.DoesNotContain($"{result.Rejection}", char.IsControl);

        // The text may say that nothing was presented only if something is missing.
        if (row.Reason is not (RejectionReason.ForwardedInfoMemberMissing or RejectionReason.ForwardedInfoMissing))
            $"{result.Rejection}".Should().NotContain("none presented");
    }

    // Names that the verifier cached for one token do not change the verdict on another.
    [Fact]
    public async Task VerifyAsync_AgreesWithEachRow_WithOneVerifier()
    {
        CertInfoTokenVerifier verifier = Tokens.Verifier();
        CertInfoRow[] rows = [.. CertInfoRow.All.Values.Where(row => row.Now == 0)];

        foreach (CertInfoRow row in rows.Concat(rows.Reverse()))
        {
            CertInfoResult result = await verifier.VerifyAsync(
                row.ToAttributes(TestSigner.P256), row.LoginUser, row.ServerChallenge, TestContext.Current.CancellationToken);
            (row.Id, result.Rejection?.Reason ?? RejectionReason.None).Should().Be((row.Id, row.Reason));
        }
    }

    [Fact]
    public void Rows_CoverAcceptedTokensAndEveryReason()
    {
        // The reasons for which a token that is signed with the shared key can be rejected.
        RejectionReason[] reasons =
        [
            .. Enum.GetValues<RejectionReason>()
                .Where(r => r is >= RejectionReason.ForwardedInfoMissing and <= RejectionReason.ForwardedInfoBadSan),
        ];
        RejectionReason[] others =
        [
            RejectionReason.ForwardedInfoUnexpected, RejectionReason.ForwardedInfoNotAccepted, RejectionReason.ForwardedSignerUntrusted,
            RejectionReason.ForwardedSignerMismatch,
        ];

        CertInfoRow.All.Count.Should().BeInRange(120, 1000);
        CertInfoRow.All.Values.Count(row => row.Reason == RejectionReason.None).Should().BeInRange(40, 500);
        reasons.Except(others).Should().AllSatisfy(reason => CertInfoRow.All.Values.Should().Contain(row => row.Reason == reason));
    }
}

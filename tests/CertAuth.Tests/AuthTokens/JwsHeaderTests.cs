using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class JwsHeaderTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/AuthTokens/jws-headers.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. SignatureScheme.TokenAlgorithms];

    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_ChecksTheHeader(string id)
    {
        string header = Encoding.UTF8.GetString(Placeholders.Fill(s_rows[id][1], ClaimRow.Now));

        RejectionReason reason = JwsTokens.Verify(JwsTokens.Rsa.Sign(header, "{}"u8));

        reason.ToString().Should().Be(s_rows[id][0]);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void TryVerify_AcceptsEachAlgorithm_WhenItIsAllowed(SignatureAlgorithm algorithm)
    {
        string token = JwsTokens.For(algorithm).Sign($$"""{"alg":"{{algorithm}}","kid":"{{JwsTokens.For(algorithm).KeyId}}"}""", "x"u8);

        JwsTokens.Verify(token).Should().Be(RejectionReason.None);
        JwsTokens.Verify(token, new() { Algorithms = [algorithm] }).Should().Be(RejectionReason.None);
        JwsOptions others = new() { Algorithms = SignatureScheme.TokenAlgorithms.Remove(algorithm) };
        JwsTokens.Verify(token, others).Should().Be(RejectionReason.TokenAlgorithmNotAllowed);
    }
}

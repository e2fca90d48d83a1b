using System.Globalization;
using System.Text.RegularExpressions;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

public sealed partial class JwsHeaderTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/AuthTokens/jws-headers.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. JwsAlgorithm.All];

    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_ChecksTheHeader(string id)
    {
        string header = Placeholder().Replace(s_rows[id][1], match => Fill(match.Groups[1].Value, match.Groups[2].Value));

        RejectionReason reason = JwsTokens.Verify(JwsTokens.Rsa.Sign(header, "{}"u8));

        reason.ToString().Should().Be(s_rows[id][0]);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void TryVerify_AcceptsEachAlgorithm_WhenItIsAllowed(SignatureAlgorithm algorithm)
    {
        string token = JwsTokens.For(algorithm).Sign($$"""{"alg":"{{algorithm}}","kid":"{{JwsTokens.For(algorithm).KeyId}}"}""", "x"u8);

        JwsTokens.Verify(token).Should().Be(RejectionReason.None);
        JwsTokens.Verify(token, new() { Algorithms = [algorithm] }).Should().Be(RejectionReason.None);
        JwsOptions others = new() { Algorithms = JwsAlgorithm.All.Remove(algorithm) };
        JwsTokens.Verify(token, others).Should().Be(RejectionReason.TokenAlgorithmNotAllowed);
    }

    private static string Fill(string part, string number)
    {
        int count = int.Parse(number, CultureInfo.InvariantCulture);
        return part == "a" ? new('a', count) : $"{new string('[', count)}{new string(']', count)}";
    }

    [GeneratedRegex(@"\$(a|nest)(\d+)")]
    private static partial Regex Placeholder();
}

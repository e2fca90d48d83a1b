using System.Text.RegularExpressions;

namespace CertAuth.Tests.Vocabulary;

public sealed partial class RejectionTests
{
    private static readonly RejectionReason[] s_reasons = [.. Enum.GetValues<RejectionReason>().Except([RejectionReason.None])];

    public static TheoryData<RejectionReason> Reasons => new(s_reasons);

    [Theory, MemberData(nameof(Reasons))]
    public void Summary_IsOneSentenceWithoutAMemberName(RejectionReason reason)
    {
        string summary = new Rejection(reason).Summary;

        summary.Should().MatchRegex(@"^(A|An|The|No|Forwarded) [^.]+\.$", "a sentence has a subject and one period");
        CompoundName().IsMatch(summary).Should().BeFalse("member names are for programs");
        summary.Length.Should().BeLessThanOrEqualTo(100);
    }

    [Fact]
    public void Summary_IsDifferent_ForEachReason()
    {
        string[] summaries = [.. s_reasons.Select(reason => new Rejection(reason).Summary)];

        summaries.Should().OnlyHaveUniqueItems();
        summaries.Should().NotContain(new Rejection((RejectionReason)int.MaxValue).Summary, "each reason has a sentence of its own");
    }

    [Fact]
    public void ToString_ReturnsASentence_ForAnUndefinedReason() =>
        new Rejection((RejectionReason)9_999).ToString().Should().Be("The login was rejected.");

    [Theory]
    [InlineData(null, null, "The custom authenticator rejected the login.")]
    [InlineData("a", "b", "The custom authenticator rejected the login. Required: a; presented: b.")]
    [InlineData("a", null, "The custom authenticator rejected the login. Required: a; none presented.")]
    [InlineData(null, "b", "The custom authenticator rejected the login. Presented: b.")]
    [InlineData("a", "b.", "The custom authenticator rejected the login. Required: a; presented: b.")]
    public void ToString_ReturnsTheSummaryThenTheFacts(string? required, string? presented, string expected) =>
        new Rejection(RejectionReason.CustomRejected, required, presented).ToString().Should().Be(expected);

    [Fact]
    public void ToString_EndsWithTheDifference_WhenTwoNamesDiffer() =>
        new Rejection(RejectionReason.SubjectMismatch, () => new("/CN=a", "/CN=b", "RDN 1: CN=a is required, CN=b is presented")).ToString()
            .Should().Be(
                "The subject of the client certificate does not match. "
                + "Required: /CN=a; presented: /CN=b (RDN 1: CN=a is required, CN=b is presented).");

    // The facts of a rejection cost nothing until they are read.
    [Fact]
    public void Summary_DoesNotComputeTheFacts()
    {
        Rejection rejection = new(RejectionReason.SubjectMismatch, () => throw new InvalidOperationException("The facts were computed."));

        rejection.Summary.Should().Be("The subject of the client certificate does not match.");
        rejection.Invoking(r => r.ToString()).Should().ThrowExactly<InvalidOperationException>();
    }

    // A word with two capital letters, such as CertificateExpired.
    [GeneratedRegex(@"\b[A-Z][a-z]+[A-Z][a-z]+")]
    private static partial Regex CompoundName();
}

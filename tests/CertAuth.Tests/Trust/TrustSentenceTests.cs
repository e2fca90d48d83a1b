using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>Errors and warnings are complete sentences without the name of an enum member.</summary>
public sealed class TrustSentenceTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    private static TrustAnchor Anchor { get; } = TrustBundle.Parse(s_ca.Der.Span).Anchors.Single();

    public static TheoryData<TrustBundleErrorKind> Errors => [.. Enum.GetValues<TrustBundleErrorKind>()];

    public static TheoryData<TrustWarningKind> Warnings => [.. Enum.GetValues<TrustWarningKind>()];

    public static TheoryData<int> RevocationListErrors => [.. Enum.GetValues<RevocationListErrorKind>().Select(kind => (int)kind)];

    [Theory, MemberData(nameof(Errors))]
    public void Error_IsASentence(TrustBundleErrorKind kind)
    {
        new TrustBundleError(kind).ToString().Should().EndWith(".").And.NotContain($"{kind}").And.NotContain("number");
        new TrustBundleError(kind, 2, 5, "It is a detail.", 1).ToString()
            .Should().EndWith(".").And.NotContain($"{kind}").And.NotContain("number");
    }

    [Theory, MemberData(nameof(Warnings))]
    public void Warning_IsASentence(TrustWarningKind kind)
    {
        string text = new TrustWarning(kind, Anchor).ToString();

        text.Should().StartWith("The ").And.Contain("certificate /CN=ca (EC P-256, until ").And.EndWith(".").And.NotContain($" {kind}");
        text.Contains("number", StringComparison.Ordinal).Should().Be(kind == TrustWarningKind.None);
    }

    [Theory, MemberData(nameof(RevocationListErrors))]
    public void RevocationListError_IsASentence(int kind) =>
        RevocationListErrorSentences.Get((RevocationListErrorKind)kind).Should().EndWith(".")
            .And.NotContain($"{(RevocationListErrorKind)kind}").And.NotContain("number " + kind);

    [Fact]
    public void Sentences_AreUnique()
    {
        Enum.GetValues<TrustBundleErrorKind>().Select(kind => new TrustBundleError(kind).ToString()).Should().OnlyHaveUniqueItems();
        Enum.GetValues<TrustWarningKind>().Select(kind => new TrustWarning(kind, Anchor).ToString()).Should().OnlyHaveUniqueItems();
        Enum.GetValues<RevocationListErrorKind>().Select(RevocationListErrorSentences.Get).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void DefaultError_IsNoError()
    {
        TrustBundleError none = default;

        (none.Kind, none.Index, none.Line, none.ToString()).Should().Be((TrustBundleErrorKind.None, 0, 0, "No error."));
    }

    [Theory]
    [InlineData(0, 0, "The trust bundle contains")]
    [InlineData(2, 0, "PEM block 2 at line 7 contains")]
    public void Error_NamesThePosition(int index, int file, string start) =>
        new TrustBundleError(TrustBundleErrorKind.PrivateKey, index, 7, null, file).ToString().Should().StartWith(start);

    [Theory]
    [InlineData(0, 3, "Revocation list file 3 cannot be used. It is too large.")]
    [InlineData(2, 3, "PEM block 2 at line 7 of revocation list file 3 cannot be used. It is too large.")]
    public void Error_NamesTheRevocationListFile(int index, int file, string expected) =>
        new TrustBundleError(TrustBundleErrorKind.MalformedRevocationList, index, 7, "It is too large.", file).ToString()
            .Should().Be(expected);

    [Fact]
    public void EnsurePurpose_SaysWhatToSet_WhenThePurposeDiffers()
    {
        TrustBundle bundle = TrustBundle.Parse(s_ca.Der.Span);

        bundle.EnsurePurpose(CertificatePurpose.ClientAuthentication).Should().BeSameAs(bundle);
        FluentActions.Invoking(() => bundle.EnsurePurpose(CertificatePurpose.ServerAuthentication))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The trust bundle verifies clients, but it is used to verify servers. Set TrustBundleOptions.Purpose.");
    }

    [Fact]
    public void Rejection_DescribesTheCertificate_WhenTheSignatureDoesNotVerify()
    {
        TestCertificate leaf = s_ca.Issue(new() { Subject = TestName.Of(("CN", "alice")), CorruptSignature = true });

        Rejection rejection = Reject(TrustBundle.Parse(s_ca.Der.Span), leaf);

        rejection.Required.Should().StartWith("a signature by [").And.EndWith("] /CN=ca");
        rejection.Presented.Should().EndWith("] /CN=alice, whose signature does not verify");
    }

    [Fact]
    public void Rejection_SaysThatThereIsNoUsableList_WhenTheRevocationListIsMissing()
    {
        TestCertificateAuthority other = TestCertificateAuthority.Create(TestName.Of(("CN", "other")));
        TrustBundle bundle = TrustBundle.Parse(s_ca.Der.Span, new() { RevocationLists = [other.IssueRevocationList().Der] });

        Rejection rejection = Reject(bundle, s_ca.IssueClient(TestName.Of(("CN", "alice"))));

        rejection.Reason.Should().Be(RejectionReason.RevocationListMissing);
        rejection.Presented.Should().Be("no usable list of this CA");
    }

    private static Rejection Reject(TrustBundle bundle, TestCertificate leaf)
    {
        bundle.TryVerify(leaf.Der.Span, [], out _, out Rejection? rejection).Should().BeFalse();
        return rejection!;
    }
}

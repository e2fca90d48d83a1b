using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class TrustBundleOptionsTests
{
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    private static Dictionary<string, TrustBundleOptions> Bad { get; } = new()
    {
        [nameof(TrustBundleOptions.TimeProvider)] = new() { TimeProvider = null! },
        [nameof(TrustBundleOptions.ExpiryWarningPeriod)] = new() { ExpiryWarningPeriod = TimeSpan.FromTicks(-1) },
        [nameof(TrustBundleOptions.AllowedWeakAlgorithms)] = new() { AllowedWeakAlgorithms = (WeakAlgorithms)0x4000 },
        [nameof(TrustBundleOptions.RevocationLists)] = new() { RevocationLists = default },
        [nameof(TrustBundleOptions.MissingRevocationList)] = new() { MissingRevocationList = (RevocationListPolicy)2 },
        [nameof(TrustBundleOptions.StaleRevocationList)] = new() { StaleRevocationList = (RevocationListPolicy)(-1) },
        [nameof(TrustBundleOptions.MaxIntermediates)] = new() { MaxIntermediates = 11 },
        [nameof(TrustBundleOptions.Strictness)] = new() { Strictness = (ChainStrictness)2 },
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Theory, MemberData(nameof(Names))]
    public void TryParse_ReportsAnInvalidOption(string name)
    {
        ArgumentException error = FluentActions.Invoking(() => TrustBundle.TryParse(s_root.Der.Span, Bad[name], out _, out _))
            .Should().ThrowExactly<ArgumentException>().Which;

        error.Message.Should().Contain(name);
    }

    [Fact]
    public void Parse_ReportsAllProblems()
    {
        TrustBundleOptions options = new()
        {
            TimeProvider = null!,
            ExpiryWarningPeriod = TimeSpan.MinValue,
            AllowedWeakAlgorithms = (WeakAlgorithms)(-1),
            RevocationLists = default,
            MissingRevocationList = (RevocationListPolicy)7,
            StaleRevocationList = (RevocationListPolicy)7,
            MaxIntermediates = -1,
            Strictness = (ChainStrictness)7,
        };

        ArgumentException error = FluentActions.Invoking(() => TrustBundle.Parse([], options))
            .Should().ThrowExactly<ArgumentException>().Which;

        Bad.Keys.Should().AllSatisfy(name => error.Message.Should().Contain(name));
    }

    public static TheoryData<int> Limits => [.. Enumerable.Range(0, 11)];

    [Theory, MemberData(nameof(Limits))]
    public void TryVerify_CountsIntermediates(int limit)
    {
        TrustBundle bundle = Bundle(new TrustBundleOptions { MaxIntermediates = limit }, s_root.Certificate);
        TestCertificateAuthority within = Below(limit);

        bundle.VerifyChain(within.IssueClient(TestName.Of(("CN", "alice")))).Should().Be(RejectionReason.None);
        bundle.VerifyChain(within.IssueIntermediate(TestName.Of(("CN", "more"))).IssueClient(TestName.Of(("CN", "alice"))))
            .Should().Be(RejectionReason.PathTooLong);
    }

    // As in a path length constraint (RFC 5280, 4.2.1.9), but not more than ten in total.
    [Theory, MemberData(nameof(Limits))]
    public void TryVerify_DoesNotCountSelfIssuedIntermediates(int limit)
    {
        TrustBundle bundle = Bundle(new TrustBundleOptions { MaxIntermediates = limit }, s_root.Certificate);
        TestCertificateAuthority ca = s_root;
        for (int i = limit; i < TrustBounds.MaxIntermediates; i++)
            ca = ca.IssueIntermediate(TestName.Of(("CN", "root")));
        TestCertificateAuthority within = Below(limit, ca), beyond = Below(limit, ca.IssueIntermediate(TestName.Of(("CN", "root"))));

        bundle.VerifyChain(within.IssueClient(TestName.Of(("CN", "alice")))).Should().Be(RejectionReason.None);
        bundle.VerifyChain(beyond.IssueClient(TestName.Of(("CN", "alice")))).Should().Be(RejectionReason.PathTooLong);
    }

    private static TestCertificateAuthority Below(int count, TestCertificateAuthority? root = null)
    {
        TestCertificateAuthority ca = root ?? s_root;
        for (int i = 0; i < count; i++)
            ca = ca.IssueIntermediate(TestName.Of(("CN", $"sub {i}")));
        return ca;
    }
}

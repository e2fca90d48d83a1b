using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>A cached verdict is used only as long as a new verification would reach the same verdict.</summary>
public sealed class VerdictLifetimeTests
{
    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly DateTimeOffset s_soon = s_now.AddSeconds(2);
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthorityOptions s_lasting = new() { NotBefore = s_now.AddYears(-1) };
    private static readonly TestCertificateAuthority s_root = Create(s_lasting);

    private readonly FixedClock _clock = new(s_now);

    // Regression: if missing lists are accepted and stale lists rejected, an acceptance from before thisUpdate was still used after
    // nextUpdate.
    [Fact]
    public void TryVerify_EndsAnAcceptanceAtThisUpdate_WhenAMissingListIsAllowedAndAListBeginsLater()
    {
        CraftedRevocationList later = new() { ThisUpdate = s_soon, NextUpdate = s_now.AddDays(1) };
        TrustBundle bundle = Load(Options(later.Sign(s_root)) with { MissingRevocationList = RevocationListPolicy.Accept });
        TestCertificate leaf = s_root.Issue(Always);

        VerifiedCertificate first = Accept(bundle, leaf, s_now);

        Accept(bundle, leaf, s_soon.AddTicks(-1)).Should().BeSameAs(first);
        Accept(bundle, leaf, s_soon).Should().NotBeSameAs(first);
        Verify(bundle, leaf, s_now.AddDays(1)).Should().Be(RejectionReason.None);
        Verify(bundle, leaf, s_now.AddDays(1).AddSeconds(1)).Should().Be(RejectionReason.RevocationListStale);
    }

    // The bundle has two lists that are not valid yet. The earlier thisUpdate ends the verdict.
    [Theory]
    [InlineData(5, 2)]
    [InlineData(2, 5)]
    public void TryVerify_EndsAnAcceptanceAtTheFirstThisUpdate_WhenSeveralListsBeginLater(int first, int second)
    {
        byte[][] lists = [.. new[] { first, second }.Select(s =>
            new CraftedRevocationList { ThisUpdate = s_now.AddSeconds(s) }.Sign(s_root))];
        TrustBundle bundle = Load(Options(lists) with { MissingRevocationList = RevocationListPolicy.Accept });
        TestCertificate leaf = s_root.Issue(Always);

        VerifiedCertificate before = Accept(bundle, leaf, s_now);

        Accept(bundle, leaf, s_soon.AddTicks(-1)).Should().BeSameAs(before);
        Accept(bundle, leaf, s_soon).Should().NotBeSameAs(before);
    }

    public static TheoryData<string, RejectionReason> Beginnings => new()
    {
        { "leaf", RejectionReason.CertificateNotYetValid },
        { "intermediate", RejectionReason.CertificateNotYetValid },
        { "anchor", RejectionReason.CertificateNotYetValid },
        { "missing list", RejectionReason.RevocationListMissing },
        { "stale list", RejectionReason.RevocationListStale },
    };

    // Regression: a rejection was cached for five seconds, even after the certificate had become valid.
    [Theory, MemberData(nameof(Beginnings))]
    public void TryVerify_EndsARejection_WhenAPartBecomesValid(string part, RejectionReason reason)
    {
        (TrustBundle bundle, TestCertificate leaf) = BeginningSoon(part);

        Rejection first = Reject(bundle, leaf, s_now);

        first.Reason.Should().Be(reason);
        Reject(bundle, leaf, s_soon.AddTicks(-1)).Should().BeSameAs(first);
        Verify(bundle, leaf, s_soon).Should().Be(RejectionReason.None);
        Verify(bundle, leaf, s_soon.AddSeconds(10)).Should().Be(RejectionReason.None);
    }

    // A verdict also ends when the reason for the rejection changes.
    [Fact]
    public void TryVerify_EndsARejection_WhenTheReasonChanges()
    {
        TestCertificate forged = s_root.Issue(Always with { NotAfter = s_soon, CorruptSignature = true });
        TrustBundle bundle = Load(Options());

        Verify(bundle, forged, s_now).Should().Be(RejectionReason.CertificateBadSignature);
        Verify(bundle, forged, s_soon).Should().Be(RejectionReason.CertificateBadSignature);
        Verify(bundle, forged, s_soon.AddSeconds(1)).Should().Be(RejectionReason.CertificateExpired);
    }

    // The last second of a validity period counts to its last tick, but that must not make five seconds six.
    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void TryVerify_CachesARejectionForFiveSeconds_WhenItDependsOnNoValidityPeriod(double fraction)
    {
        TestCertificate forged = s_root.Issue(Always with { CorruptSignature = true });
        TrustBundle bundle = Load(Options());
        DateTimeOffset start = s_now.AddSeconds(fraction), end = start.AddSeconds(5);

        Rejection first = Reject(bundle, forged, start);

        Reject(bundle, forged, end.AddTicks(-1)).Should().BeSameAs(first);
        Reject(bundle, forged, end).Should().NotBeSameAs(first);
    }

    private static TestCertificateRequest Always =>
        new() { Subject = s_alice, NotBefore = s_now.AddYears(-1), NotAfter = s_now.AddYears(1) };

    private static TestCertificateAuthority Create(TestCertificateAuthorityOptions options) =>
        TestCertificateAuthority.Create(TestName.Of(("CN", "root")), options with { TimeProvider = new FixedClock(s_now) });

    private (TrustBundle Bundle, TestCertificate Leaf) BeginningSoon(string part)
    {
        TestCertificateAuthorityOptions later = new() { NotBefore = s_soon };
        TestCertificateAuthority root = part == "anchor" ? Create(later) : s_root;
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")), part == "intermediate" ? later : s_lasting);
        CraftedRevocationList ofRoot = new() { ThisUpdate = s_soon }, ofSub = new();
        CraftedRevocationList stale = new() { ThisUpdate = s_now.AddDays(-9), NextUpdate = s_now.AddDays(-8) };
        byte[][] lists = part switch
        {
            "missing list" => [ofSub.Sign(sub), ofRoot.Sign(root)],
            "stale list" => [ofSub.Sign(sub), stale.Sign(root), ofRoot.Sign(root)],
            _ => [],
        };
        return (Bundle(Options(lists), root.Certificate), sub.Issue(part == "leaf" ? Always with { NotBefore = s_soon } : Always));
    }

    private TrustBundleOptions Options(params byte[][] lists) =>
        new() { TimeProvider = _clock, RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)] };

    private static TrustBundle Load(TrustBundleOptions options) => Bundle(options, s_root.Certificate);

    private RejectionReason Verify(TrustBundle bundle, TestCertificate leaf, DateTimeOffset at)
    {
        _clock.Now = at;
        return bundle.VerifyChain(leaf);
    }

    private VerifiedCertificate Accept(TrustBundle bundle, TestCertificate leaf, DateTimeOffset at)
    {
        _clock.Now = at;
        bundle.TryVerify(leaf.Der.Span, [.. leaf.Chain], out VerifiedCertificate? verified, out Rejection? rejection);
        rejection.Should().BeNull();
        return verified!;
    }

    private Rejection Reject(TrustBundle bundle, TestCertificate leaf, DateTimeOffset at)
    {
        _clock.Now = at;
        bundle.TryVerify(leaf.Der.Span, [.. leaf.Chain], out _, out Rejection? rejection);
        rejection.Should().NotBeNull();
        return rejection!;
    }
}

using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Cached verdicts do not outlive the certificates and lists that they depend on, and do not apply to other
/// certificates.</summary>
public sealed class ChainCacheTests
{
    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthorityOptions s_lasting = new() { NotBefore = s_now.AddYears(-1) };
    private static readonly DateTimeOffset s_first = s_now.AddDays(-1), s_last = s_now.AddDays(1);

    private readonly FixedClock _clock = new(s_now);

    public static TheoryData<string> Parts => ["leaf", "intermediate", "anchor", "pinned"];

    [Theory, MemberData(nameof(Parts))]
    public void TryVerify_RejectsACachedChain_WhenAPartExpires(string part)
    {
        (TrustBundle bundle, TestCertificate leaf) = Chain(part, s_first, s_last);

        AssertVerdicts(bundle, leaf, [
            (s_now, RejectionReason.None), (s_last, RejectionReason.None), (s_last.AddSeconds(1), RejectionReason.CertificateExpired),
            (s_now, RejectionReason.None), (s_first, RejectionReason.None), (s_first.AddTicks(-1), RejectionReason.CertificateNotYetValid),
            (s_now, RejectionReason.None), (s_last.AddSeconds(1).AddTicks(-1), RejectionReason.None),
            (s_last.AddYears(1), RejectionReason.CertificateExpired)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_RejectsACachedChain_WhenAListBecomesStale(bool ofIntermediate)
    {
        TestCertificateAuthority root = Create(new()), sub = root.IssueIntermediate(s_subName, s_lasting);
        CraftedRevocationList brief = new() { ThisUpdate = s_first, NextUpdate = s_last };
        CraftedRevocationList lasting = new() { ThisUpdate = s_now.AddDays(-9), NextUpdate = s_now.AddDays(9) };
        TrustBundle bundle = Load(root, (ofIntermediate ? brief : lasting).Sign(sub), (ofIntermediate ? lasting : brief).Sign(root));
        TestCertificate leaf = sub.Issue(Always);

        AssertVerdicts(bundle, leaf, [
            (s_now, RejectionReason.None), (s_last, RejectionReason.None), (s_last.AddSeconds(1), RejectionReason.RevocationListStale),
            (s_now, RejectionReason.None), (s_first, RejectionReason.None), (s_first.AddSeconds(-1), RejectionReason.RevocationListMissing),
            (s_now, RejectionReason.None)]);
    }

    [Fact]
    public void TryVerify_RejectsACachedChain_BeforeAStaleListBegins()
    {
        TestCertificateAuthority root = Create(new());
        byte[] stale = new CraftedRevocationList { ThisUpdate = s_first, NextUpdate = s_now.AddSeconds(-1) }.Sign(root);
        TrustBundle bundle = Load(Options(stale) with { StaleRevocationList = RevocationListPolicy.Accept }, root);

        AssertVerdicts(bundle, root.Issue(Always), [
            (s_now, RejectionReason.None), (s_first, RejectionReason.None),
            (s_first.AddSeconds(-1), RejectionReason.RevocationListMissing)]);
    }

    [Fact]
    public void TryVerify_CachesARejection_UntilTheCertificateIsValid()
    {
        TestCertificateAuthority root = Create(new());
        TestCertificate leaf = root.Issue(Always with { NotBefore = s_now.AddSeconds(1) });
        TrustBundle bundle = Load(root);

        AssertVerdicts(bundle, leaf, [
            (s_now, RejectionReason.CertificateNotYetValid), (s_now.AddSeconds(1).AddTicks(-1), RejectionReason.CertificateNotYetValid),
            (s_now.AddSeconds(1), RejectionReason.None), (s_now, RejectionReason.CertificateNotYetValid)]);
        AssertVerdicts(Load(root), leaf, [(s_now.AddSeconds(1), RejectionReason.None)]);
    }

    [Fact]
    public void TryVerify_Rejects_AtBothEndsOfTheCalendar()
    {
        TestCertificateAuthority root = Create(new());

        AssertVerdicts(Load(root), root.Issue(Always), [
            (DateTimeOffset.MaxValue, RejectionReason.CertificateExpired), (DateTimeOffset.MaxValue, RejectionReason.CertificateExpired),
            (DateTimeOffset.MinValue, RejectionReason.CertificateNotYetValid), (s_now, RejectionReason.None)]);
    }

    [Fact]
    public void Parse_StartsWithAnEmptyCache()
    {
        TestCertificateAuthority root = Create(new()), other = Create(new());
        TestCertificate leaf = root.Issue(Always);

        AssertVerdicts(Load(root), leaf, [(s_now, RejectionReason.None)]);
        AssertVerdicts(Load(other), leaf, [(s_now, RejectionReason.CertificateBadSignature)]);
        AssertVerdicts(Load(root), leaf, [(s_now, RejectionReason.None)]);
    }

    [Fact]
    public void TryVerify_KeepsAcceptancesCached_WhenJunkIsVerified()
    {
        TestCertificateAuthority root = Create(new());
        TrustBundle bundle = Load(root);
        TestCertificate leaf = root.Issue(Always);
        VerifiedCertificate first = Verify(bundle, leaf);

        for (int i = 0; i < 10_000; i++)
            bundle.TryVerify(BitConverter.GetBytes(i), [], out _, out _).Should().BeFalse();

        Verify(bundle, leaf).Should().BeSameAs(first);
    }

    [Fact]
    public void TryVerify_ReturnsTheSameResult_FromTheCache()
    {
        const int Calls = 1000, MaxBytes = 400;
        TestCertificateAuthority root = Create(new()), sub = root.IssueIntermediate(s_subName, s_lasting);
        TrustBundle bundle = Load(root);
        TestCertificate leaf = sub.Issue(Always);
        ReadOnlyMemory<byte>[] sent = [.. leaf.Chain];
        VerifiedCertificate first = Verify(bundle, leaf);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            bundle.TryVerify(leaf.Der.Span, sent, out _, out _);
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;

        VerifiedCertificate again = Verify(bundle, leaf);
        bytes.Should().BeInRange(0, MaxBytes);
        again.AnchorSha256.ToArray().Should().Equal(first.AnchorSha256.ToArray());
        again.AnchorSha256.ToArray().Should().Equal(SHA256.HashData(root.Der.Span));
        again.Certificate!.Der.ToArray().Should().Equal(leaf.Der.ToArray());
    }

    [Fact]
    public void TryVerify_DoesNotCacheAVerdict_WhenTheChainIsLarge()
    {
        TestCertificateAuthority root = Create(new());
        TrustBundle bundle = Load(root);
        TestCertificate leaf = root.Issue(Always);
        ReadOnlyMemory<byte> fitting = new byte[TrustBounds.MaxCachedChainBytes - leaf.Der.Length], large = new byte[fitting.Length + 1];

        Verify(bundle, leaf.Der, fitting).Should().BeSameAs(Verify(bundle, leaf.Der, fitting));
        Verify(bundle, leaf.Der, large).Should().NotBeSameAs(Verify(bundle, leaf.Der, large));
    }

    // The key of a chain is a digest of digests. Anyone can send those digests as a leaf, which must not get the verdict of the chain.
    [Fact]
    public void ComputeKey_Differs_WhenALeafConsistsOfDigests()
    {
        TestCertificateAuthority root = Create(new()), sub = root.IssueIntermediate(s_subName, s_lasting);
        TestCertificate leaf = sub.Issue(Always);
        byte[] digests = [.. SHA256.HashData(leaf.Der.Span), .. SHA256.HashData(sub.Der.Span)];
        TrustBundle bundle = Load(root);
        Verify(bundle, leaf);

        ChainCache.ComputeKey(digests, []).Should().NotEqual(ChainCache.ComputeKey(leaf.Der.Span, [sub.Der]));
        bundle.VerifyChain(digests, []).Should().Be(RejectionReason.CertificateMalformed);
        bundle.VerifyChain(digests.AsMemory(0, 32), [digests.AsMemory(32)]).Should().Be(RejectionReason.CertificateMalformed);
    }

    [Fact]
    public void ComputeKey_DependsOnOrderAndNumberAndBoundaries()
    {
        byte[] a = [1], b = [2], both = [1, 2], none = [];
        (byte[] Leaf, ReadOnlyMemory<byte>[] Sent)[] chains =
        [
            (a, []), (a, [a]), (a, [a, a]), (a, [b]), (b, [a]), (a, [a, b]), (a, [b, a]), (both, []), (a, [none]),
            (a, [none, none]), (a, [both]),
            (none, []), (none, [a, b]), (none, [both]), (SHA256.HashData(a), []),
        ];

        string[] keys = [.. chains.Select(chain => Convert.ToHexString(ChainCache.ComputeKey(chain.Leaf, chain.Sent)))];

        keys.Distinct().Count().Should().Be(keys.Length);
        chains.Select(chain => Convert.ToHexString(ChainCache.ComputeKey([.. chain.Leaf], chain.Sent))).Should().Equal(keys);
    }

    [Fact]
    public void TryVerify_DoesNotReuseVerdictsForOtherIntermediates()
    {
        TestCertificateAuthority root = Create(new()), sub = root.IssueIntermediate(s_subName, s_lasting);
        TestCertificate leaf = sub.Issue(Always);
        TrustBundle bundle = Load(root);

        bundle.VerifyChain(leaf.Der, []).Should().Be(RejectionReason.UntrustedIssuer);
        bundle.VerifyChain(leaf.Der, [sub.Der]).Should().Be(RejectionReason.None);
        bundle.VerifyChain(leaf.Der, []).Should().Be(RejectionReason.UntrustedIssuer);
        bundle.VerifyChain(leaf.Der, [root.Der]).Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public async Task TryVerify_GivesTheSameVerdicts_WhenCalledConcurrently()
    {
        TestCertificateAuthority root = Create(new()), sub = root.IssueIntermediate(s_subName, s_lasting);
        TrustBundle bundle = Load(root);
        (TestCertificate Leaf, RejectionReason Expected)[] rows =
        [
            .. Enumerable.Range(0, 20).Select(_ => (sub.Issue(Always), RejectionReason.None)),
            .. Enumerable.Range(0, 10)
                .Select(_ => (root.Issue(Always with { NotAfter = s_now.AddDays(-1) }), RejectionReason.CertificateExpired)),
            .. Enumerable.Range(0, 10)
                .Select(_ => (sub.Issue(Always with { CorruptSignature = true }), RejectionReason.CertificateBadSignature)),
        ];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            Random random = new(seed);
            for (int i = 0; i < 500; i++)
            {
                (TestCertificate leaf, RejectionReason expected) = rows[random.Next(rows.Length)];
                bundle.VerifyChain(leaf).Should().Be(expected);
            }
        })));
    }

    private static TestCertificateRequest Always =>
        new() { Subject = s_alice, NotBefore = s_now.AddYears(-1), NotAfter = s_now.AddYears(1) };

    private static TestCertificateAuthority Create(TestCertificateAuthorityOptions options) => TestCertificateAuthority.Create(
        TestName.Of(("CN", "root")), options with
        {
            TimeProvider = new FixedClock(s_now),
            NotBefore = options.NotBefore ?? s_now.AddYears(-1),
        });

    private (TrustBundle Bundle, TestCertificate Leaf) Chain(string brief, DateTimeOffset first, DateTimeOffset last)
    {
        TestCertificateAuthorityOptions briefly = new() { NotBefore = first, NotAfter = last };
        TestCertificateAuthority root = Create(brief == "anchor" ? briefly : s_lasting);
        TestCertificateAuthority sub = root.IssueIntermediate(s_subName, brief == "intermediate" ? briefly : s_lasting);
        TestCertificate leaf = sub.Issue(brief is "leaf" or "pinned" ? Always with { NotBefore = first, NotAfter = last } : Always);
        return (Bundle(Options(), brief == "pinned" ? leaf : root.Certificate), leaf);
    }

    private TrustBundleOptions Options(params byte[][] lists) =>
        new() { TimeProvider = _clock, RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)] };

    private TrustBundle Load(TestCertificateAuthority root, params byte[][] lists) => Load(Options(lists), root);

    private static TrustBundle Load(TrustBundleOptions options, TestCertificateAuthority root) => Bundle(options, root.Certificate);

    private static VerifiedCertificate Verify(TrustBundle bundle, TestCertificate leaf) => Verify(bundle, leaf.Der, [.. leaf.Chain]);

    private static VerifiedCertificate Verify(TrustBundle bundle, ReadOnlyMemory<byte> leaf, params ReadOnlySpan<ReadOnlyMemory<byte>> sent)
    {
        Assert.True(bundle.TryVerify(leaf.Span, sent, out VerifiedCertificate? verified, out Rejection? rejection), rejection?.ToString());
        return verified;
    }

    /// <summary>Sets the clock to each time, and asserts the verdict with and without the cache.</summary>
    private void AssertVerdicts(TrustBundle bundle, TestCertificate leaf, (DateTimeOffset At, RejectionReason Expected)[] verdicts)
    {
        foreach ((DateTimeOffset at, RejectionReason expected) in verdicts)
        {
            _clock.Now = at;
            (at, bundle.VerifyChain(leaf)).Should().Be((at, expected));
            (at, bundle.VerifyChain(leaf)).Should().Be((at, expected));
        }
    }
}

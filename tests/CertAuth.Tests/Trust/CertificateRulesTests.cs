using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>The rules for leaves, intermediates and anchors, except their signatures.</summary>
public sealed class CertificateRulesTests
{
    private const string AnyUsage = "2.5.29.37.0";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static readonly DateTimeOffset s_now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = Create(new());

    public static TheoryData<string, string[], RejectionReason, RejectionReason> ExtendedKeyUsages => new()
    {
        { "absent", [], RejectionReason.None, RejectionReason.None },
        { "client", [TestCertificateRequest.ClientAuth], RejectionReason.None, RejectionReason.None },
        {
            "client and server", [TestCertificateRequest.ServerAuth, TestCertificateRequest.ClientAuth],
            RejectionReason.None, RejectionReason.None
        },
        { "server", [TestCertificateRequest.ServerAuth], RejectionReason.CertificateWrongUsage, RejectionReason.CertificateWrongUsage },
        { "code signing", [CodeSigning], RejectionReason.CertificateWrongUsage, RejectionReason.CertificateWrongUsage },
        { "any", [AnyUsage], RejectionReason.CertificateWrongUsage, RejectionReason.None },
        { "any and client", [AnyUsage, TestCertificateRequest.ClientAuth], RejectionReason.None, RejectionReason.None },
    };

    [Theory, MemberData(nameof(ExtendedKeyUsages))]
    public void TryVerify_ChecksTheExtendedKeyUsage(string name, string[] usages, RejectionReason onLeaf, RejectionReason onCa)
    {
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, ExtendedKeyUsages = usages });
        OidCollection oids = [.. usages.Select(usage => new Oid(usage))];
        TestExtension[] extensions =
            usages is [] ? [] : [new("2.5.29.37", critical: false, new X509EnhancedKeyUsageExtension(oids, critical: false).RawData)];

        (name, Verify(s_root, leaf)).Should().Be((name, onLeaf));
        AssertIssuers(new() { Extensions = extensions }, onCa);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, RejectionReason.None)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, RejectionReason.None)]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, RejectionReason.CertificateWrongUsage)]
    [InlineData(X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DecipherOnly, RejectionReason.CertificateWrongUsage)]
    [InlineData(null, RejectionReason.None)]
    public void TryVerify_ChecksTheKeyUsageOfTheLeaf(X509KeyUsageFlags? usage, RejectionReason expected) =>
        Verify(s_root, s_root.Issue(new() { Subject = s_alice, KeyUsage = usage })).Should().Be(expected);

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyCertSign, RejectionReason.None)]
    [InlineData(X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, RejectionReason.IssuerNotCa)]
    [InlineData(null, RejectionReason.None)]
    public void TryVerify_ChecksTheKeyUsageOfAnIssuer(X509KeyUsageFlags? usage, RejectionReason expected) =>
        AssertIssuers(new() { KeyUsage = usage }, expected);

    [Theory]
    [InlineData(true, RejectionReason.None)]
    [InlineData(false, RejectionReason.IssuerNotCa)]
    [InlineData(null, RejectionReason.IssuerNotCa)]
    public void TryVerify_RejectsAnIssuerThatIsNotACa(bool? isCa, RejectionReason expected) =>
        AssertIssuers(new() { IsCa = isCa }, expected);

    [Fact]
    public void TryVerify_AcceptsAVersion1Anchor_OnlyByOption()
    {
        TestCertificateAuthority version1 = Create(new() { Version = TestCertificateVersion.V1 });
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(
            TestName.Of(("CN", "v1")), new() { Version = TestCertificateVersion.V1 });
        TestCertificateAuthority silent = Create(new() { IsCa = null });
        TrustBundleOptions allowing = Options() with { AllowVersion1Anchors = true };

        Verify(version1, version1.IssueClient(s_alice)).Should().Be(RejectionReason.IssuerNotCa);
        Bundle(allowing, version1.Certificate).VerifyChain(version1.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Bundle(allowing, s_root.Certificate).VerifyChain(intermediate.IssueClient(s_alice)).Should().Be(RejectionReason.IssuerNotCa);
        Bundle(allowing, silent.Certificate).VerifyChain(silent.IssueClient(s_alice)).Should().Be(RejectionReason.IssuerNotCa);
    }

    [Fact]
    public void TryVerify_AcceptsAVersion1Leaf() =>
        Verify(s_root, s_root.Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 })).Should().Be(RejectionReason.None);

    [Fact]
    public void TryVerify_AcceptsACaAsLeaf_OnlyByOption()
    {
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, IsCa = true });

        Verify(s_root, leaf).Should().Be(RejectionReason.CertificateIsCa);
        Bundle(Options() with { AllowCaAsLeaf = true }, s_root.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.None);
    }

    // A certificate of the bundle that is not a CA is accepted only as a leaf. All checks of a leaf apply to it, except the signature
    // check.
    [Fact]
    public void TryVerify_AcceptsAPinnedLeaf()
    {
        TestCertificate pinned = s_root.IssueClient(s_alice);
        TestCertificate nameless = s_root.IssueClient(TestName.Of(), TestSan.Dns("alice.test"));
        TestCertificate forged = s_root.Issue(new() { Subject = s_alice, CorruptSignature = true });
        TestCertificate wrongUsage = s_root.Issue(new() { Subject = s_alice, ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] });
        TestCertificate expired = s_root.Issue(new() { Subject = s_alice, NotAfter = s_now.AddSeconds(-1) });
        TrustBundle bundle = Bundle(Options(), pinned, nameless, forged, wrongUsage, expired);

        bundle.VerifyChain(pinned).Should().Be(RejectionReason.None);
        bundle.VerifyChain(nameless).Should().Be(RejectionReason.None);
        bundle.VerifyChain(forged).Should().Be(RejectionReason.None);
        bundle.VerifyChain(wrongUsage).Should().Be(RejectionReason.CertificateWrongUsage);
        bundle.VerifyChain(expired).Should().Be(RejectionReason.CertificateExpired);
        bundle.VerifyChain(s_root.IssueClient(s_alice)).Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_RejectsAPinnedCaAsLeaf()
    {
        Verify(s_root, s_root.Certificate).Should().Be(RejectionReason.CertificateIsCa);
        Bundle(Options() with { AllowCaAsLeaf = true }, s_root.Certificate).VerifyChain(s_root.Certificate)
            .Should().Be(RejectionReason.CertificateWrongUsage);
    }

    [Fact]
    public void TryVerify_RejectsAPinnedLeafAsIssuer()
    {
        TestCertificateAuthority alice = s_root.IssueIntermediate(
            s_alice, new() { IsCa = null, KeyUsage = X509KeyUsageFlags.DigitalSignature });

        Verify(alice, alice.IssueClient(TestName.Of(("CN", "mallory")))).Should().Be(RejectionReason.IssuerNotCa);
        Verify(s_root, alice.IssueClient(TestName.Of(("CN", "mallory")))).Should().Be(RejectionReason.IssuerNotCa);
    }

    [Theory]
    [InlineData(true, RejectionReason.CertificateUnknownCriticalExtension)]
    [InlineData(false, RejectionReason.None)]
    public void TryVerify_RejectsAnUnknownCriticalExtension(bool critical, RejectionReason expected)
    {
        TestExtension unknown = new("1.2.3.4", critical, [5, 0]);

        Verify(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = [unknown] })).Should().Be(expected);
        AssertIssuers(new() { Extensions = [unknown] }, expected);
    }

    [Fact]
    public void TryVerify_RejectsARepeatedExtension()
    {
        TestExtension[] twice = [new("1.2.3.4", false, [5, 0]), new("1.2.3.4", false, [5, 0])];
        TestExtension[] sans = [San([TestSan.Dns("a.test")]), San([TestSan.Dns("b.test")])];

        Verify(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = twice })).Should().Be(RejectionReason.CertificateMalformed);
        Verify(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = sans })).Should().Be(RejectionReason.CertificateMalformed);
        AssertIssuers(new() { Extensions = twice }, RejectionReason.CertificateMalformed);
    }

    [Fact]
    public void TryVerify_RejectsAMalformedSan()
    {
        TestExtension control = San([TestSan.Dns("a\nb")]);
        TestExtension leftOver = new("2.5.29.17", false, [.. TestSan.Encode(TestSan.Dns("a.test")), 0]);

        foreach (TestExtension san in new[] { control, leftOver, San([]), San([TestSan.Raw(0x87, [1, 2, 3])]) })
        {
            Verify(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = [san] })).Should().Be(RejectionReason.CertificateMalformed);
            AssertIssuers(new() { Extensions = [san] }, RejectionReason.CertificateMalformed);
        }
    }

    [Fact]
    public void TryVerify_RejectsIssuersWithEmptyNameConstraints()
    {
        foreach (bool critical in new[] { true, false })
            AssertIssuers(new() { Extensions = [new("2.5.29.30", critical, [0x30, 0])] }, RejectionReason.CertificateMalformed);
    }

    // Both ends are inclusive. A fraction of the last second belongs to that second.
    [Theory]
    [InlineData(0, 0, RejectionReason.None)]
    [InlineData(-1, 0, RejectionReason.CertificateNotYetValid)]
    [InlineData(0, TimeSpan.TicksPerSecond - 1, RejectionReason.None)]
    [InlineData(0, TimeSpan.TicksPerSecond, RejectionReason.CertificateExpired)]
    public void TryVerify_IncludesBothEndsOfTheValidityPeriod(long early, long late, RejectionReason expected)
    {
        FixedClock clock = new(s_now);
        DateTimeOffset first = s_now, last = s_now.AddDays(1);
        TestCertificateAuthority anchor = Create(new() { NotBefore = first, NotAfter = last });
        TestCertificateAuthority between = s_root.IssueIntermediate(
            TestName.Of(("CN", "between")), new() { NotBefore = first, NotAfter = last });
        TestCertificateAuthority longLived = Create(new() { NotBefore = s_now.AddYears(-1), NotAfter = s_now.AddYears(1) });
        TestCertificateAuthority longRoot = Create(
            new() { NotBefore = s_now.AddYears(-1), NotAfter = s_now.AddYears(1), Key = s_root.Key });
        TestCertificateRequest always = new() { Subject = s_alice, NotBefore = s_now.AddYears(-1), NotAfter = s_now.AddYears(1) };
        (TestCertificate Anchor, TestCertificate Leaf)[] rows =
        [
            (anchor.Certificate, anchor.Issue(always)),
            (longRoot.Certificate, between.Issue(always)),
            (longLived.Certificate, longLived.Issue(always with { NotBefore = first, NotAfter = last })),
        ];

        clock.Now = early < 0 ? first.AddTicks(early) : last.AddTicks(late);

        rows.Should().AllSatisfy(row => Bundle(Options() with { TimeProvider = clock }, row.Anchor).VerifyChain(row.Leaf)
            .Should().Be(expected));
        clock.Now = first;
        rows.Should().AllSatisfy(row => Bundle(Options() with { TimeProvider = clock }, row.Anchor).VerifyChain(row.Leaf)
            .Should().Be(RejectionReason.None));
    }

    private static TestExtension San(TestSan[] sans) => new("2.5.29.17", false, TestSan.Encode(sans));

    private static TrustBundleOptions Options() => new() { TimeProvider = new FixedClock(s_now) };

    private static TestCertificateAuthority Create(TestCertificateAuthorityOptions options) =>
        TestCertificateAuthority.Create(TestName.Of(("CN", "ca")), options with { TimeProvider = new FixedClock(s_now) });

    private static RejectionReason Verify(TestCertificateAuthority anchor, TestCertificate leaf) =>
        Bundle(Options(), anchor.Certificate).VerifyChain(leaf);

    /// <summary>Asserts that a CA with the given options causes the same verdict as an anchor and as an intermediate.</summary>
    private static void AssertIssuers(TestCertificateAuthorityOptions options, RejectionReason expected)
    {
        TestCertificateAuthority anchor = Create(options);
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(TestName.Of(("CN", "between")), options);

        Verify(anchor, anchor.IssueClient(s_alice)).Should().Be(expected);
        Verify(s_root, intermediate.IssueClient(s_alice)).Should().Be(expected);
    }
}

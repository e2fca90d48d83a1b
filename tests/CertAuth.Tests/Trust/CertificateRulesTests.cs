using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>What is demanded of the leaf, of intermediates and of anchors, the signature aside.</summary>
public sealed class CertificateRulesTests
{
    private const string AnyUsage = "2.5.29.37.0";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static readonly DateTimeOffset s_now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = Create(new());

    public static TheoryData<string, string[], FailureReason, FailureReason> ExtendedKeyUsages => new()
    {
        { "absent", [], FailureReason.None, FailureReason.None },
        { "client", [TestCertificateRequest.ClientAuth], FailureReason.None, FailureReason.None },
        {
            "client and server", [TestCertificateRequest.ServerAuth, TestCertificateRequest.ClientAuth],
            FailureReason.None, FailureReason.None
        },
        { "server", [TestCertificateRequest.ServerAuth], FailureReason.WrongUsage, FailureReason.WrongUsage },
        { "code signing", [CodeSigning], FailureReason.WrongUsage, FailureReason.WrongUsage },
        { "any", [AnyUsage], FailureReason.WrongUsage, FailureReason.None },
        { "any and client", [AnyUsage, TestCertificateRequest.ClientAuth], FailureReason.None, FailureReason.None },
    };

    [Theory, MemberData(nameof(ExtendedKeyUsages))]
    public void TryVerify_ChecksTheExtendedKeyUsage(string name, string[] usages, FailureReason onLeaf, FailureReason onCa)
    {
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, ExtendedKeyUsages = usages });
        OidCollection oids = [.. usages.Select(usage => new Oid(usage))];
        TestExtension[] extensions =
            usages is [] ? [] : [new("2.5.29.37", critical: false, new X509EnhancedKeyUsageExtension(oids, critical: false).RawData)];

        (name, Judge(s_root, leaf)).Should().Be((name, onLeaf));
        AssertIssuers(new() { Extensions = extensions }, onCa);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, FailureReason.None)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, FailureReason.None)]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, FailureReason.WrongUsage)]
    [InlineData(X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DecipherOnly, FailureReason.WrongUsage)]
    [InlineData(null, FailureReason.None)]
    public void TryVerify_ChecksTheLeafsKeyUsage(X509KeyUsageFlags? usage, FailureReason expected) =>
        Judge(s_root, s_root.Issue(new() { Subject = s_alice, KeyUsage = usage })).Should().Be(expected);

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyCertSign, FailureReason.None)]
    [InlineData(X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, FailureReason.IssuerNotCa)]
    [InlineData(null, FailureReason.None)]
    public void TryVerify_ChecksAnIssuersKeyUsage(X509KeyUsageFlags? usage, FailureReason expected) =>
        AssertIssuers(new() { KeyUsage = usage }, expected);

    [Theory]
    [InlineData(true, FailureReason.None)]
    [InlineData(false, FailureReason.IssuerNotCa)]
    [InlineData(null, FailureReason.IssuerNotCa)]
    public void TryVerify_LetsOnlyACaIssue(bool? isCa, FailureReason expected) => AssertIssuers(new() { IsCa = isCa }, expected);

    [Fact]
    public void TryVerify_LetsAVersion1AnchorIssueByAnOptionAlone()
    {
        TestCertificateAuthority version1 = Create(new() { Version = TestCertificateVersion.V1 });
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(
            TestName.Of(("CN", "v1")), new() { Version = TestCertificateVersion.V1 });
        TestCertificateAuthority silent = Create(new() { IsCa = null });
        TrustBundleOptions allowing = Options() with { AllowVersion1Anchors = true };

        Judge(version1, version1.IssueClient(s_alice)).Should().Be(FailureReason.IssuerNotCa);
        Bundle(allowing, version1.Certificate).Judge(version1.IssueClient(s_alice)).Should().Be(FailureReason.None);
        Bundle(allowing, s_root.Certificate).Judge(intermediate.IssueClient(s_alice)).Should().Be(FailureReason.IssuerNotCa);
        Bundle(allowing, silent.Certificate).Judge(silent.IssueClient(s_alice)).Should().Be(FailureReason.IssuerNotCa);
    }

    [Fact]
    public void TryVerify_TakesAVersion1Leaf() =>
        Judge(s_root, s_root.Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 })).Should().Be(FailureReason.None);

    [Fact]
    public void TryVerify_TakesACaAsLeafByAnOptionAlone()
    {
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, IsCa = true });

        Judge(s_root, leaf).Should().Be(FailureReason.CaAsLeaf);
        Bundle(Options() with { AllowCaAsLeaf = true }, s_root.Certificate).Judge(leaf).Should().Be(FailureReason.None);
    }

    // A bundle certificate that is no CA matches only itself, and all checks of a leaf but the signature still apply to it.
    [Fact]
    public void TryVerify_TakesAPinnedLeaf()
    {
        TestCertificate pinned = s_root.IssueClient(s_alice);
        TestCertificate nameless = s_root.IssueClient(TestName.Of(), TestSan.Dns("alice.test"));
        TestCertificate forged = s_root.Issue(new() { Subject = s_alice, CorruptSignature = true });
        TestCertificate wrongUsage = s_root.Issue(new() { Subject = s_alice, ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] });
        TestCertificate expired = s_root.Issue(new() { Subject = s_alice, NotAfter = s_now.AddSeconds(-1) });
        TrustBundle bundle = Bundle(Options(), pinned, nameless, forged, wrongUsage, expired);

        bundle.Judge(pinned).Should().Be(FailureReason.None);
        bundle.Judge(nameless).Should().Be(FailureReason.None);
        bundle.Judge(forged).Should().Be(FailureReason.None);
        bundle.Judge(wrongUsage).Should().Be(FailureReason.WrongUsage);
        bundle.Judge(expired).Should().Be(FailureReason.Expired);
        bundle.Judge(s_root.IssueClient(s_alice)).Should().Be(FailureReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_DoesNotTakeAPinnedCaAsLeaf()
    {
        Judge(s_root, s_root.Certificate).Should().Be(FailureReason.CaAsLeaf);
        Bundle(Options() with { AllowCaAsLeaf = true }, s_root.Certificate).Judge(s_root.Certificate).Should().Be(FailureReason.WrongUsage);
    }

    [Fact]
    public void TryVerify_DoesNotLetAPinnedLeafIssue()
    {
        TestCertificateAuthority alice = s_root.IssueIntermediate(
            s_alice, new() { IsCa = null, KeyUsage = X509KeyUsageFlags.DigitalSignature });

        Judge(alice, alice.IssueClient(TestName.Of(("CN", "mallory")))).Should().Be(FailureReason.IssuerNotCa);
        Judge(s_root, alice.IssueClient(TestName.Of(("CN", "mallory")))).Should().Be(FailureReason.IssuerNotCa);
    }

    [Theory]
    [InlineData(true, FailureReason.UnknownCriticalExtension)]
    [InlineData(false, FailureReason.None)]
    public void TryVerify_RefusesAnUnknownCriticalExtension(bool critical, FailureReason expected)
    {
        TestExtension unknown = new("1.2.3.4", critical, [5, 0]);

        Judge(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = [unknown] })).Should().Be(expected);
        AssertIssuers(new() { Extensions = [unknown] }, expected);
    }

    [Fact]
    public void TryVerify_RefusesARepeatedExtension()
    {
        TestExtension[] twice = [new("1.2.3.4", false, [5, 0]), new("1.2.3.4", false, [5, 0])];
        TestExtension[] sans = [San([TestSan.Dns("a.test")]), San([TestSan.Dns("b.test")])];

        Judge(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = twice })).Should().Be(FailureReason.CertificateMalformed);
        Judge(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = sans })).Should().Be(FailureReason.CertificateMalformed);
        AssertIssuers(new() { Extensions = twice }, FailureReason.CertificateMalformed);
    }

    [Fact]
    public void TryVerify_RefusesAMalformedSan()
    {
        TestExtension control = San([TestSan.Dns("a\nb")]);
        TestExtension leftOver = new("2.5.29.17", false, [.. TestSan.Encode(TestSan.Dns("a.test")), 0]);

        foreach (TestExtension san in new[] { control, leftOver, San([]), San([TestSan.Raw(0x87, [1, 2, 3])]) })
        {
            Judge(s_root, s_root.Issue(new() { Subject = s_alice, Extensions = [san] })).Should().Be(FailureReason.CertificateMalformed);
            AssertIssuers(new() { Extensions = [san] }, FailureReason.CertificateMalformed);
        }
    }

    [Fact]
    public void TryVerify_RefusesIssuersWithEmptyNameConstraints()
    {
        foreach (bool critical in new[] { true, false })
            AssertIssuers(new() { Extensions = [new("2.5.29.30", critical, [0x30, 0])] }, FailureReason.CertificateMalformed);
    }

    // Both ends are included, to the second; a fraction of the last second still is that second.
    [Theory]
    [InlineData(0, 0, FailureReason.None)]
    [InlineData(-1, 0, FailureReason.NotYetValid)]
    [InlineData(0, TimeSpan.TicksPerSecond - 1, FailureReason.None)]
    [InlineData(0, TimeSpan.TicksPerSecond, FailureReason.Expired)]
    public void TryVerify_IncludesBothEndsOfTheValidity(long early, long late, FailureReason expected)
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

        rows.Should().AllSatisfy(row => Bundle(Options() with { TimeProvider = clock }, row.Anchor).Judge(row.Leaf).Should().Be(expected));
        clock.Now = first;
        rows.Should().AllSatisfy(row => Bundle(Options() with { TimeProvider = clock }, row.Anchor).Judge(row.Leaf)
            .Should().Be(FailureReason.None));
    }

    private static TestExtension San(TestSan[] sans) => new("2.5.29.17", false, TestSan.Encode(sans));

    private static TrustBundleOptions Options() => new() { TimeProvider = new FixedClock(s_now) };

    private static TestCertificateAuthority Create(TestCertificateAuthorityOptions options) =>
        TestCertificateAuthority.Create(TestName.Of(("CN", "ca")), options with { TimeProvider = new FixedClock(s_now) });

    private static FailureReason Judge(TestCertificateAuthority anchor, TestCertificate leaf) =>
        Bundle(Options(), anchor.Certificate).Judge(leaf);

    /// <summary>The same verdict on a CA as anchor and on one as intermediate.</summary>
    private static void AssertIssuers(TestCertificateAuthorityOptions options, FailureReason expected)
    {
        TestCertificateAuthority anchor = Create(options);
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(TestName.Of(("CN", "between")), options);

        Judge(anchor, anchor.IssueClient(s_alice)).Should().Be(expected);
        Judge(s_root, intermediate.IssueClient(s_alice)).Should().Be(expected);
    }
}

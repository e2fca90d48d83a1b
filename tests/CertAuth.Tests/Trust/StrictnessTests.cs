using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Each rule of <see cref="ChainStrictness.Rfc5280Strict"/>: a violation is accepted by default and rejected in strict
/// mode.</summary>
public sealed class StrictnessTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificateAuthorityOptions s_sub = new();
    private static readonly TestCertificateRequest s_leaf = new() { Subject = s_alice, Sans = [TestSan.Dns("a.example.com")] };
    private static readonly byte[] s_true = Tlv(1, [0xFF]);
    private static readonly byte[] s_constraints = TestNameConstraints.Part(0xA0, TestNameConstraints.Dns("example.com"));
    private static readonly byte[] s_dottedConstraints = TestNameConstraints.Part(0xA0, TestNameConstraints.Dns(".example.com"));

    private static Dictionary<string, (TestCertificateAuthorityOptions, TestCertificateRequest, string)> Broken { get; } = new()
    {
        ["serial 0"] = (s_sub, s_leaf with { SerialNumber = 0 }, "4.1.2.2"),
        ["negative serial"] = (s_sub, s_leaf with { SerialNumber = -5 }, "4.1.2.2"),
        ["serial of 21 bytes"] = (s_sub, s_leaf with { SerialNumber = BigInteger.Pow(2, 160) }, "4.1.2.2"),
        ["serial of 20 bytes and a zero"] = (s_sub, s_leaf with { SerialNumber = BigInteger.Pow(2, 159) }, "4.1.2.2"),
        ["critical authority key identifier"] = (
            s_sub,
            s_leaf with { AuthorityKeyIdentifier = false, Extensions = [new("2.5.29.35", true, Sequence(Tlv(0x80, [1])))] }, "4.2.1.1"),
        ["no authority key identifier"] = (s_sub, s_leaf with { AuthorityKeyIdentifier = false }, "4.2.1.1"),
        ["authority key identifier without the identifier"] = (
            s_sub, s_leaf with { AuthorityKeyIdentifier = false, Extensions = [new("2.5.29.35", false, Sequence())] }, "4.2.1.1"),
        ["critical subject key identifier"] = (
            s_sub, s_leaf with { SubjectKeyIdentifier = false, Extensions = [new("2.5.29.14", true, Tlv(4, [1]))] }, "4.2.1.2"),
        ["CA without subject key identifier"] = (
            s_sub with { SubjectKeyIdentifier = false },
            s_leaf with { Extensions = [new("2.5.29.35", false, Sequence(Tlv(0x80, [1])))] }, "4.2.1.2"),
        ["keyCertSign of a leaf"] = (
            s_sub, s_leaf with { KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign }, "4.2.1.3"),
        ["noncritical alternative names without a subject"] = (
            s_sub, s_leaf with { Subject = TestName.Of(), Sans = [], Extensions = [San(critical: false)] }, "4.2.1.6"),
        ["noncritical basic constraints"] = (
            s_sub with { IsCa = null, Extensions = [new("2.5.29.19", false, Sequence(s_true))] }, s_leaf, "4.2.1.9"),
        ["noncritical name constraints"] = (
            s_sub with { Extensions = [TestNameConstraints.NonCritical(s_constraints)] }, s_leaf, "4.2.1.10"),
        ["name constraints of a leaf"] = (s_sub, s_leaf with { Extensions = [TestNameConstraints.Of(s_constraints)] }, "4.2.1.10"),
        ["DNS constraint with a leading dot"] = (
            s_sub with { Extensions = [TestNameConstraints.Of(s_dottedConstraints)] }, s_leaf, "4.2.1.10"),
        ["noncritical policy constraints"] = (
            s_sub with { Extensions = [new("2.5.29.36", false, Sequence(Tlv(0x80, [0])))] }, s_leaf, "4.2.1.11"),
        ["underscore"] = (s_sub, s_leaf with { Sans = [TestSan.Dns("a_b.example.com")] }, "4.2.1.6"),
        ["DNS name that is not a host name"] = (s_sub, s_leaf with { Sans = [TestSan.Dns("a b.example.com")] }, "4.2.1.6"),
    };

    public static TheoryData<string> Rules => [.. Broken.Keys];

    [Theory, MemberData(nameof(Rules))]
    public void TryVerify_EnforcesTheRule_OnlyInStrictMode(string rule)
    {
        (TestCertificateAuthorityOptions sub, TestCertificateRequest request, string section) = Broken[rule];
        TestCertificate leaf = s_root.IssueIntermediate(s_subName, sub).Issue(request);

        Load(ChainStrictness.Practical, s_root).VerifyChain(leaf).Should().Be(RejectionReason.None);
        TrustBundle strict = Load(ChainStrictness.Rfc5280Strict, s_root);
        Assert.False(strict.TryVerify(leaf.Der.Span, [.. leaf.Chain], out _, out Rejection? rejection));
        rejection.Reason.Should().Be(RejectionReason.CertificateNotConforming);
        rejection.ToString().Should().Contain(section);
    }

    public static TheoryData<string> Conforming =>
        ["plain", "wildcard", "no subject", "constrained", "leaf without subject key identifier", "serial of 20 bytes", "serial 1"];

    [Theory, MemberData(nameof(Conforming))]
    public void TryVerify_AcceptsAConformingChain_InStrictMode(string kind)
    {
        TestCertificateAuthorityOptions sub = new() { Extensions = kind == "constrained" ? [TestNameConstraints.Of(s_constraints)] : [] };
        TestCertificateRequest request = kind switch
        {
            "wildcard" => s_leaf with { Sans = [TestSan.Dns("*.example.com")] },
            "no subject" => s_leaf with { Subject = TestName.Of(), Sans = [], Extensions = [San(critical: true)] },
            "leaf without subject key identifier" => s_leaf with { SubjectKeyIdentifier = false },
            "serial of 20 bytes" => s_leaf with { SerialNumber = BigInteger.Pow(2, 159) - 1 },
            "serial 1" => s_leaf with { SerialNumber = 1 },
            _ => s_leaf,
        };
        TestCertificate leaf = s_root.IssueIntermediate(s_subName, sub).Issue(request);

        Load(ChainStrictness.Rfc5280Strict, s_root).VerifyChain(leaf).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_ChecksAnchors_InStrictMode()
    {
        TestCertificateAuthority nameless = Create(TestName.Of(), new());
        TestCertificateAuthority withoutIdentifier = Create(s_subName, new() { SubjectKeyIdentifier = false });
        TestCertificateAuthority nonCritical = Create(s_subName, new() { Extensions = [TestNameConstraints.NonCritical(s_constraints)] });

        // A CA with an empty name cannot issue certificates, but a pinned leaf can have an empty issuer name.
        Load(ChainStrictness.Practical, nameless).VerifyChain(nameless.Issue(s_leaf)).Should().Be(RejectionReason.UntrustedIssuer);
        foreach (TestCertificateAuthority anchor in new[] { withoutIdentifier, nonCritical })
        {
            TestCertificate leaf = anchor.Issue(s_leaf with { Extensions = anchor == nonCritical ? [] : [Aki()] });
            Load(ChainStrictness.Practical, anchor).VerifyChain(leaf).Should().Be(RejectionReason.None);
            Load(ChainStrictness.Rfc5280Strict, anchor).VerifyChain(leaf).Should().Be(RejectionReason.CertificateNotConforming);
        }
    }

    // An anchor that is not self-issued has the identifier of its issuer's key; a root does not need it.
    [Fact]
    public void TryVerify_RequiresAnAuthorityKeyIdentifier_OfAnchorsThatAreNotSelfIssued()
    {
        TestCertificateAuthority with = s_root.IssueIntermediate(s_subName);
        TestCertificateAuthority upper = Create(s_subName, new() { AuthorityKeyIdentifier = false });
        TestCertificateAuthority without = upper.IssueIntermediate(TestName.Of(("CN", "below")));

        Load(ChainStrictness.Rfc5280Strict, with).VerifyChain(with.Issue(s_leaf)).Should().Be(RejectionReason.None);
        Load(ChainStrictness.Practical, without).VerifyChain(without.Issue(s_leaf)).Should().Be(RejectionReason.None);
        Load(ChainStrictness.Rfc5280Strict, without).VerifyChain(without.Issue(s_leaf))
            .Should().Be(RejectionReason.CertificateNotConforming);
    }

    [Fact]
    public void TryVerify_RejectsAnEmptyIssuerOfAPinnedLeaf_InStrictMode()
    {
        TestCertificate pinned = s_root.Issue(s_leaf with { Issuer = TestName.Of() });

        Bundle(pinned).VerifyChain(pinned).Should().Be(RejectionReason.None);
        Bundle(new TrustBundleOptions { Strictness = ChainStrictness.Rfc5280Strict }, pinned).VerifyChain(pinned)
            .Should().Be(RejectionReason.CertificateNotConforming);
    }

    // Critical policy constraints are an unknown critical extension, which is rejected in either mode.
    [Theory]
    [InlineData(ChainStrictness.Practical)]
    [InlineData(ChainStrictness.Rfc5280Strict)]
    public void TryVerify_RejectsCriticalPolicyConstraints(ChainStrictness strictness)
    {
        TestExtension constraints = new("2.5.29.36", true, Sequence(Tlv(0x80, [0])));
        TestCertificateAuthority sub = s_root.IssueIntermediate(s_subName, new() { Extensions = [constraints] });

        Load(strictness, s_root).VerifyChain(sub.Issue(s_leaf)).Should().Be(RejectionReason.CertificateUnknownCriticalExtension);
    }

    private static TestExtension San(bool critical) => new("2.5.29.17", critical, TestSan.Encode(TestSan.Dns("a.example.com")));

    private static TestExtension Aki() => new("2.5.29.35", false, Sequence(Tlv(0x80, [1])));

    private static TestCertificateAuthority Create(TestName name, TestCertificateAuthorityOptions options) =>
        TestCertificateAuthority.Create(name, options);

    private static TrustBundle Load(ChainStrictness strictness, TestCertificateAuthority anchor) =>
        Bundle(new TrustBundleOptions { Strictness = strictness }, anchor.Certificate);
}

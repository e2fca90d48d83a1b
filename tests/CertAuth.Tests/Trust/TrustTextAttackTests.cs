using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Attacks with invalid keys, and attacks on the texts that an operator reads.</summary>
public sealed class TrustTextAttackTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    public static TheoryData<string, int, string, RejectionReason> RsaKeys => new()
    {
        { "usual", 2048, "010001", RejectionReason.UntrustedIssuer },
        { "smallest exponent", 2048, "03", RejectionReason.UntrustedIssuer },
        { "exponent of 32 bits", 2048, "00FFFFFFFF", RejectionReason.UntrustedIssuer },
        { "largest modulus", 8192, "010001", RejectionReason.UntrustedIssuer },
        { "exponent 0", 2048, "00", RejectionReason.CertificateWeakKey },
        { "exponent 1: the signature is the message", 2048, "01", RejectionReason.CertificateWeakKey },
        { "exponent 2", 2048, "02", RejectionReason.CertificateWeakKey },
        { "even exponent", 2048, "010000", RejectionReason.CertificateWeakKey },
        { "exponent of 33 bits", 2048, "0100000001", RejectionReason.CertificateWeakKey },
        { "exponent as long as the modulus", 2048, "7F" + new string('F', 510), RejectionReason.CertificateWeakKey },
        { "negative exponent", 2048, "FF", RejectionReason.CertificateWeakKey },
        { "modulus one bit too long", 8200, "010001", RejectionReason.CertificateWeakKey },
        { "huge modulus", 16384, "010001", RejectionReason.CertificateWeakKey },
    };

    // Attack: with the exponent 1, anyone can sign. A huge modulus or exponent makes each verification slow.
    [Theory, MemberData(nameof(RsaKeys))]
    public void TryVerify_RejectsInvalidRsaKeys(string name, int bits, string exponent, RejectionReason expected)
    {
        byte[] leaf = new CraftedCertificate { PublicKey = Rsa(bits, exponent) }.Encode();

        (name, Bundle(s_root.Certificate).VerifyChain(leaf, [])).Should().Be((name, expected));
    }

    [Theory]
    [InlineData("010001", false)]
    [InlineData("01", true)]
    [InlineData("02", true)]
    [InlineData("0100000001", true)]
    public void GetWarnings_ReportsAnRsaKeyWithAnUnusableExponent(string exponent, bool warns)
    {
        byte[] anchor = new CraftedCertificate
        {
            PublicKey = Rsa(2048, exponent),
            Extensions = [CraftedCertificate.Extension("2.5.29.19", Sequence(Tlv(1, [0xFF])))],
        }.Encode();

        TrustBundle.Parse(anchor).GetWarnings().Any(w => w.Kind == TrustWarningKind.UnusableKey).Should().Be(warns);
    }

    public static TheoryData<string, TestExtension> Impediments => new()
    {
        { "for servers only", ServerAuth() },
        { "critical and unknown", new("1.2.3.4", critical: true, [5, 0]) },
        { "name constraints", new("2.5.29.30", critical: true, [0x30, 0]) },
    };

    // Regression: no warning was given about a CA whose clients are all rejected.
    [Theory, MemberData(nameof(Impediments))]
    public void GetWarnings_ReportsACa_WhenItIsUnusableAsIssuer(string name, TestExtension extension)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")), new() { Extensions = [extension] });
        TrustBundle bundle = Bundle(ca.Certificate);

        (name, bundle.GetWarnings().Should().ContainSingle().Which.Kind).Should().Be((name, TrustWarningKind.UnusableAsIssuer));
        bundle.VerifyChain(ca.IssueClient(s_alice)).Should().NotBe(RejectionReason.None);
    }

    // Attack: a certificate has a name of nearly 128 KiB, which was formatted to megabytes of text for each rejected login.
    [Fact]
    public void TryVerify_DoesNotFormatAName_WhenItIsHuge()
    {
        byte[] leaf = CraftedCertificate.WithSubject(Name(Rdn(Attribute(CommonName, T61, [.. Enumerable.Repeat((byte)0x80, 100_000)]))));
        TrustBundle bundle = Bundle(s_root.Certificate);
        Explain(bundle, leaf);

        long before = GC.GetAllocatedBytesForCurrentThread();
        string text = Explain(bundle, leaf);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Only the certificate is copied, and only once.
        allocated.Should().BeInRange(0, leaf.Length + 50_000);
        text.Should().Contain("(a name of 1000");
        text.Length.Should().BeInRange(1, 1_000);
    }

    // Attack: a subject imitates the rest of the message, so that the log seems to name another certificate.
    [Fact]
    public void TryVerify_DescribesACertificate_StartingWithItsSha256()
    {
        const string Lie = "/CN=bob, issued by [0123456789ABCDEF] /CN=root";
        byte[] leaf = CraftedCertificate.WithSubject(Name((CommonName, Lie)));
        string prefix = $"[{Convert.ToHexString(SHA256.HashData(leaf))[..16]}]";

        string text = Explain(Bundle(s_root.Certificate), leaf);

        text.Should().Contain($"presented: {prefix} /CN=");
        text.IndexOf(prefix, StringComparison.Ordinal).Should().BeLessThan(text.IndexOf("bob", StringComparison.Ordinal), text);
    }

    // Attack: a name in the file of the bundle contains control characters and a long text.
    [Fact]
    public void TrustAnchor_ToStringIsBoundedAndEscaped()
    {
        TestName name = TestName.Of(("CN", "a\n\u202E\U000E0041" + new string('b', 10_000)));

        string text = Bundle(TestCertificateAuthority.Create(name).Certificate).Anchors[0].ToString();

        text.Length.Should().BeInRange(1, 1_000);
        text.Should().StartWith("/CN=a\\x0A\\u{202E}\\u{E0041}bbb");
    }

    private static string Explain(TrustBundle bundle, byte[] leaf)
    {
        Assert.False(bundle.TryVerify(leaf, [], out _, out Rejection? rejection));
        rejection.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        return rejection.ToString();
    }

    private static TestExtension ServerAuth()
    {
        X509EnhancedKeyUsageExtension usage = new([new(TestCertificateRequest.ServerAuth)], critical: false);
        return new("2.5.29.37", critical: false, usage.RawData);
    }

    private static byte[] Rsa(int bits, string exponent) => Sequence(
        Sequence(Oid("1.2.840.113549.1.1.1"), Tlv(5)),
        Tlv(3, [0], Sequence(Tlv(2, [0], [.. Enumerable.Repeat((byte)0xC5, bits / 8)]), Tlv(2, Convert.FromHexString(exponent)))));
}

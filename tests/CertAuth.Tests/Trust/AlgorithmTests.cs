using System.Security.Cryptography;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class AlgorithmTests
{
    private static readonly TestName s_caName = TestName.Of(("CN", "ca"));
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestKey s_rsa = TestKey.Create(TestKeyType.Rsa2048);
    private static readonly TestKey s_smallRsa = TestKey.Create(TestKeyType.Rsa1024);
    private static readonly WeakAlgorithms s_all =
        WeakAlgorithms.Md5Signatures | WeakAlgorithms.Sha1Signatures | WeakAlgorithms.Rsa1024Keys;

    public static TheoryData<TestKeyType, string?, bool> Strong
    {
        get
        {
            TheoryData<TestKeyType, string?, bool> rows = new() { { TestKeyType.Rsa3072, null, false } };
            foreach (string hash in new[] { "SHA256", "SHA384", "SHA512" })
            {
                rows.Add(TestKeyType.Rsa2048, hash, false);
                rows.Add(TestKeyType.Rsa2048, hash, true);
                rows.Add(TestKeyType.P256, hash, false);
                rows.Add(TestKeyType.P384, hash, false);
                rows.Add(TestKeyType.P521, hash, false);
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Strong))]
    public void TryVerify_AcceptsStrongSignatures(TestKeyType type, string? hash, bool pss)
    {
        TestKey key = type == TestKeyType.Rsa2048 ? s_rsa : TestKey.Create(type);
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { Key = key });
        TestCertificate leaf = ca.Issue(new()
        {
            Subject = s_alice,
            SignatureHash = hash is null ? null : new(hash),
            SignaturePadding = pss ? RSASignaturePadding.Pss : null,
        });

        Bundle(ca.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.None);
    }

    // Each option allows only the algorithm that it names.
    [Theory]
    [InlineData("MD5", WeakAlgorithms.Md5Signatures)]
    [InlineData("SHA1", WeakAlgorithms.Sha1Signatures)]
    public void TryVerify_AcceptsAWeakHash_OnlyByOption(string hash, WeakAlgorithms option)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { Key = s_rsa });
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")), new() { Key = s_rsa });
        TestCertificate sub = root.Issue(SubCa(new HashAlgorithmName(hash), s_rsa));
        TestCertificate leaf = ca.Issue(new() { Subject = s_alice, SignatureHash = new(hash) });
        TestCertificate belowSub = ca.Issue(new() { Subject = s_alice });

        foreach (WeakAlgorithms allowed in Subsets())
        {
            RejectionReason expected = allowed.HasFlag(option) ? RejectionReason.None : RejectionReason.CertificateWeakSignature;
            TrustBundleOptions options = new() { AllowedWeakAlgorithms = allowed };
            (allowed, Bundle(options, ca.Certificate).VerifyChain(leaf)).Should().Be((allowed, expected));
            (allowed, Bundle(options, root.Certificate).VerifyChain(belowSub.Der, [sub.Der])).Should().Be((allowed, expected));
        }
    }

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.Rsa2048)]
    public void TryVerify_AcceptsSha1_OnlyByOption(TestKeyType type)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { KeyType = type });
        TestCertificate leaf = ca.Issue(new() { Subject = s_alice, SignatureHash = HashAlgorithmName.SHA1 });
        TrustBundleOptions allowing = new() { AllowedWeakAlgorithms = WeakAlgorithms.Sha1Signatures };

        Bundle(ca.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.CertificateWeakSignature);
        Bundle(allowing, ca.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_AcceptsASmallKeyInThePath_OnlyByOption()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority smallRoot = TestCertificateAuthority.Create(s_caName, new() { Key = s_smallRsa });
        TestCertificateAuthority smallSub = root.IssueIntermediate(TestName.Of(("CN", "sub")), new() { Key = s_smallRsa });
        (TestCertificateAuthority Anchor, TestCertificate Leaf)[] rows =
        [
            (root, root.Issue(new() { Subject = s_alice, Key = s_smallRsa })),
            (smallRoot, smallRoot.IssueClient(s_alice)),
            (root, smallSub.IssueClient(s_alice)),
        ];

        foreach (WeakAlgorithms allowed in Subsets())
        {
            RejectionReason expected =
                allowed.HasFlag(WeakAlgorithms.Rsa1024Keys) ? RejectionReason.None : RejectionReason.CertificateWeakKey;
            rows.Should().AllSatisfy(row =>
                Bundle(new TrustBundleOptions { AllowedWeakAlgorithms = allowed }, row.Anchor.Certificate).VerifyChain(row.Leaf)
                    .Should().Be(expected));
        }
    }

    [Theory]
    [InlineData("rsa:512", RejectionReason.CertificateWeakKey)]
    [InlineData("ec:P-192", RejectionReason.CertificateWeakKey)]
    [InlineData("ec:secp256k1", RejectionReason.CertificateWeakKey)]
    [InlineData("ec:P-256,explicit", RejectionReason.CertificateWeakKey)]
    [InlineData("ec:P-256", RejectionReason.None)]
    [InlineData("dsa", RejectionReason.CertificateWeakKey)]
    [InlineData("ed25519", RejectionReason.None)]
    public void TryVerify_ChecksTheKeyOfTheLeaf(string kind, RejectionReason expected)
    {
        using OpenSsl openSsl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { Key = s_rsa });
        openSsl.File("ca.pem", ca.Pem);
        openSsl.File("ca-key.pem", ca.Key.PrivateKeyPem);
        GenerateKey(openSsl, kind);
        openSsl.Do("req", "-new", "-key", "key.pem", "-out", "req.pem", "-subj", "/CN=alice");
        Sign(openSsl, "ca-key.pem");
        TrustBundleOptions allowingAll = new() { AllowedWeakAlgorithms = s_all };

        Bundle(ca.Certificate).VerifyChain(openSsl.ReadFile("leaf.der"), []).Should().Be(expected);
        Bundle(allowingAll, ca.Certificate).VerifyChain(openSsl.ReadFile("leaf.der"), []).Should().Be(expected);
    }

    [Theory]
    [InlineData("ed25519", "", RejectionReason.CertificateUnsupportedAlgorithm)]
    [InlineData("rsa:2048", "rsa_padding_mode:pss rsa_pss_saltlen:20", RejectionReason.CertificateUnsupportedAlgorithm)]
    [InlineData("rsa:2048", "rsa_padding_mode:pss rsa_pss_saltlen:32 rsa_mgf1_md:sha512", RejectionReason.CertificateUnsupportedAlgorithm)]
    [InlineData("rsa:2048", "rsa_padding_mode:pss rsa_pss_saltlen:32", RejectionReason.None)]
    [InlineData("rsa:2048", "", RejectionReason.None)]
    public void TryVerify_ChecksTheSignatureAlgorithm(string kind, string signatureOptions, RejectionReason expected)
    {
        using OpenSsl openSsl = new();
        GenerateKey(openSsl, kind);
        openSsl.Do("req", "-new", "-x509", "-key", "key.pem", "-out", "ca.pem", "-subj", "/CN=ca", "-days", "10");
        openSsl.File("leaf-key.pem", s_rsa.PrivateKeyPem);
        openSsl.Do("req", "-new", "-key", "leaf-key.pem", "-out", "req.pem", "-subj", "/CN=alice");
        string[] options = signatureOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Sign(openSsl, "key.pem", [.. options.SelectMany(option => new[] { "-sigopt", option })]);

        TrustBundle.Parse(openSsl.ReadFile("ca.pem")).VerifyChain(openSsl.ReadFile("leaf.der"), []).Should().Be(expected);
    }

    private static void Sign(OpenSsl openSsl, string caKey, params string[] options) => openSsl.Do(
        ["x509", "-req", "-in", "req.pem", "-CA", "ca.pem", "-CAkey", caKey, "-set_serial", "01", .. options,
            "-outform", "DER", "-out", "leaf.der"]);

    private static void GenerateKey(OpenSsl openSsl, string kind)
    {
        switch (kind.Split(':', ','))
        {
            case ["rsa", var bits]:
                openSsl.Do("genpkey", "-algorithm", "RSA", "-pkeyopt", $"rsa_keygen_bits:{bits}", "-out", "key.pem");
                break;
            case ["ec", var curve, .. var explicitly]:
                string encoding = explicitly is [] ? "named_curve" : "explicit";
                openSsl.Do(
                    "genpkey", "-algorithm", "EC", "-pkeyopt", $"ec_paramgen_curve:{curve}", "-pkeyopt", $"ec_param_enc:{encoding}",
                    "-out", "key.pem");
                break;
            case ["dsa"]:
                openSsl.Do("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024", "-out", "dsa.pem");
                openSsl.Do("genpkey", "-paramfile", "dsa.pem", "-out", "key.pem");
                break;
            default:
                openSsl.Do("genpkey", "-algorithm", kind, "-out", "key.pem");
                break;
        }
    }

    private static TestCertificateRequest SubCa(HashAlgorithmName hash, TestKey key) => new()
    {
        Subject = s_caName,
        Key = key,
        IsCa = true,
        KeyUsage = System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.KeyCertSign,
        ExtendedKeyUsages = [],
        SignatureHash = hash,
    };

    private static IEnumerable<WeakAlgorithms> Subsets() => Enumerable.Range(0, (int)s_all + 1).Select(bits => (WeakAlgorithms)bits);
}

using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;

namespace CertAuth.Tests.Testing;

/// <summary>What <see cref="TestCertificateAuthority.Issue"/> makes of each wish, with openssl as the judge.</summary>
public sealed class TestCertificateRequestTests
{
    private static readonly TestName s_bob = TestName.Of(("C", "US"), ("O", "Örg"), ("CN", "bob"));
    private static readonly TestKey s_rsa = TestKey.Create(TestKeyType.Rsa2048);

    [Theory]
    [InlineData(TestKeyType.P256, "ecdsa-with-SHA256")]
    [InlineData(TestKeyType.P384, "ecdsa-with-SHA384")]
    [InlineData(TestKeyType.P521, "ecdsa-with-SHA512")]
    [InlineData(TestKeyType.Rsa1024, "sha256WithRSAEncryption")]
    [InlineData(TestKeyType.Rsa2048, "sha256WithRSAEncryption")]
    [InlineData(TestKeyType.Rsa3072, "sha256WithRSAEncryption")]
    public void KeyType_VerifiesWithOpenSsl(TestKeyType keyType, string algorithm)
    {
        using OpenSsl openssl = new();
        TestKey key = TestKey.Create(keyType);
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")), new() { Key = key });
        TestCertificate leaf = ca.Issue(new() { Subject = s_bob, Key = key });

        string[] strict = ["-x509_strict", "-purpose", "sslclient", "-auth_level", keyType == TestKeyType.Rsa1024 ? "0" : "2"];
        (int exitCode, string output) = openssl.Verify(ca, leaf, strict);

        Assert.True(exitCode == 0, output);
        Assert.Contains($"Signature Algorithm: {algorithm}\n", openssl.Show(leaf, "-text"), StringComparison.Ordinal);
        (exitCode, output) = openssl.Run("pkey", "-in", openssl.File("key.pem", leaf.PrivateKeyPem), "-noout", "-check");
        Assert.True(exitCode == 0, output);
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        Assert.True(loaded.HasPrivateKey);
    }

    [Theory]
    [InlineData("MD5", false, "md5WithRSAEncryption")]
    [InlineData("SHA1", false, "sha1WithRSAEncryption")]
    [InlineData("SHA384", false, "sha384WithRSAEncryption")]
    [InlineData("SHA512", false, "sha512WithRSAEncryption")]
    [InlineData("SHA1", true, "rsassaPss")]
    [InlineData("SHA256", true, "rsassaPss")]
    [InlineData("SHA512", true, "rsassaPss")]
    public void SignatureHash_VerifiesWithOpenSsl(string hash, bool pss, string algorithm)
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")), new() { Key = s_rsa });
        TestCertificate leaf = ca.Issue(new()
        {
            Subject = s_bob,
            SignatureHash = new HashAlgorithmName(hash),
            SignaturePadding = pss ? RSASignaturePadding.Pss : null,
        });

        (int exitCode, string output) = openssl.Verify(ca, leaf, "-auth_level", "0");

        Assert.True(exitCode == 0, output);
        Assert.Contains($"Signature Algorithm: {algorithm}", openssl.Show(leaf, "-text"), StringComparison.Ordinal);
    }

    [Fact]
    public void SignatureHash_OfEcdsaMayBeSha1()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        (int exitCode, string output) =
            openssl.Verify(ca, ca.Issue(new() { Subject = s_bob, SignatureHash = HashAlgorithmName.SHA1 }), "-auth_level", "0");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void SignaturePadding_BelongsToRsa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        Assert.Throws<ArgumentException>(() => ca.Issue(new() { Subject = s_bob, SignaturePadding = RSASignaturePadding.Pss }));
        Assert.Throws<ArgumentException>(() => ca.Issue(new() { Subject = s_bob, SignatureHash = HashAlgorithmName.MD5 }));
    }

    [Fact]
    public void CorruptSignature_IsRefusedByOpenSsl()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        (int exitCode, string output) = openssl.Verify(ca, ca.Issue(new() { Subject = s_bob, CorruptSignature = true }));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("certificate signature failure", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version1_HasNoExtensions()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.Issue(new() { Subject = s_bob, Version = TestCertificateVersion.V1 });

        (int exitCode, string output) = openssl.Verify(ca, leaf);

        Assert.True(exitCode == 0, output);
        string text = openssl.Show(leaf, "-text");
        Assert.Contains("Version: 1 (0x0)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("extensions", text, StringComparison.Ordinal);
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        Assert.Equal(1, loaded.Version);
    }

    [Fact]
    public void Version1_MayBeTheCasToo()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca =
            TestCertificateAuthority.Create(TestName.Of(("CN", "CA")), new() { Version = TestCertificateVersion.V1 });

        (int exitCode, string output) = openssl.Verify(ca, ca.IssueClient(s_bob));

        Assert.True(exitCode == 0, output);
        using X509Certificate2 loaded = ca.ToX509Certificate2();
        Assert.Equal(1, loaded.Version);
        Assert.Empty(loaded.Extensions);
    }

    [Fact]
    public void Version1_RefusesSans()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        Assert.Throws<ArgumentException>(
            () => ca.Issue(new() { Subject = s_bob, Version = TestCertificateVersion.V1, Sans = [TestSan.Dns("d")] }));
    }

    [Fact]
    public void Subject_MayHaveAnyStringTypesAndSeveralValues()
    {
        using OpenSsl openssl = new();
        TestName subject = TestName.FromRdns(
            new TestRdn(new TestAva("C", "US")),
            new TestRdn(new TestAva("CN", "bob", TestStringType.Bmp), new TestAva("OU", "eng", TestStringType.T61)),
            new TestRdn(new TestAva("1.2.3.4", "ü", TestStringType.Universal)));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.IssueClient(subject);

        string shown = openssl.Show(leaf, "-subject", "-nameopt", "compat,utf8,sep_comma_plus,show_type,oid");
        (int exitCode, string output) = openssl.Verify(ca, leaf);

        Assert.True(exitCode == 0, output);
        Assert.Contains("BMPSTRING:bob", shown, StringComparison.Ordinal);
        Assert.Contains("T61STRING:eng+", shown, StringComparison.Ordinal);
        Assert.Contains("UNIVERSALSTRING:ü", shown, StringComparison.Ordinal);
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        Assert.Equal(subject.Encode(), loaded.SubjectName.RawData);
    }

    [Fact]
    public void Subject_MayBeMalformed()
    {
        TestName subject = TestName.FromRdns(new TestRdn(TestAva.Raw("CN", 0x0C, [0xC3, 0x28])), new TestRdn());

        TestCertificate leaf = TestCertificateAuthority.Create(TestName.Of(("CN", "CA"))).IssueClient(subject);

        Assert.True(leaf.Der.Span.IndexOf(subject.Encode()) > 0);
    }

    [Fact]
    public void Subject_WhenEmptyMakesTheSansCritical()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.IssueClient(TestName.Of(), TestSan.Uri("spiffe://d/x"));

        (int exitCode, string output) = openssl.Verify(ca, leaf, "-x509_strict");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Subject Alternative Name: critical\n", openssl.Show(leaf, "-text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_MayStandTwice()
    {
        TestExtension twin = new("2.5.29.17", critical: false, TestSan.Encode(TestSan.Dns("two")));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        using X509Certificate2 leaf =
            ca.Issue(new() { Subject = s_bob, Sans = [TestSan.Dns("one")], Extensions = [twin] }).ToX509Certificate2();

        Assert.Equal(2, leaf.Extensions.Count(extension => extension.Oid!.Value == "2.5.29.17"));
    }

    [Fact]
    public void Request_IsWrittenAsItStands()
    {
        TestKey key = TestKey.Create(TestKeyType.P384);
        TestName issuer = TestName.Of(("CN", "ca"));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        using X509Certificate2 leaf = ca.Issue(new()
        {
            Subject = s_bob,
            Issuer = issuer,
            SerialNumber = BigInteger.Parse("-129"),
            NotBefore = new DateTimeOffset(1949, 12, 31, 23, 59, 59, TimeSpan.Zero),
            NotAfter = new DateTimeOffset(2050, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)),
            ExtendedKeyUsages = [],
            KeyUsage = null,
            IsCa = false,
            SubjectKeyIdentifier = false,
            AuthorityKeyIdentifier = false,
            Key = key,
        }).ToX509Certificate2();

        Assert.Equal(issuer.Encode(), leaf.IssuerName.RawData);
        Assert.Equal("FF7F", leaf.SerialNumber);
        Assert.Equal(new DateTime(1949, 12, 31, 23, 59, 59, DateTimeKind.Utc), leaf.NotBefore.ToUniversalTime());
        Assert.Equal(new DateTime(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc), leaf.NotAfter.ToUniversalTime());
        Assert.Equal(["2.5.29.19"], leaf.Extensions.Select(extension => extension.Oid!.Value));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), leaf.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Chain_VerifiesWithOpenSsl()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")), new() { Key = s_rsa });
        TestCertificate leaf = root.IssueIntermediate(TestName.Of(("CN", "sub")), new() { PathLength = 0 }).IssueClient(s_bob);

        (int exitCode, string output) = openssl.Verify(root, leaf, "-x509_strict", "-purpose", "sslclient");

        Assert.True(exitCode == 0, output);
        Assert.Contains("OK", output, StringComparison.Ordinal);
    }
}

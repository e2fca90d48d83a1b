using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing.Tests;

/// <summary>Certificates of <see cref="TestCertificateAuthority.Issue"/>, checked by openssl.</summary>
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

        exitCode.Should().Be(0, output);
        openssl.Show(leaf, "-text").Should().Contain($"Signature Algorithm: {algorithm}\n");
        (exitCode, output) = openssl.Run("pkey", "-in", openssl.File("key.pem", leaf.PrivateKeyPem), "-noout", "-check");
        exitCode.Should().Be(0, output);
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        loaded.HasPrivateKey.Should().BeTrue();
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

        exitCode.Should().Be(0, output);
        openssl.Show(leaf, "-text").Should().Contain($"Signature Algorithm: {algorithm}");
    }

    [Fact]
    public void SignatureHash_VerifiesWithOpenSsl_WhenEcdsaUsesSha1()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        (int exitCode, string output) =
            openssl.Verify(ca, ca.Issue(new() { Subject = s_bob, SignatureHash = HashAlgorithmName.SHA1 }), "-auth_level", "0");

        exitCode.Should().Be(0, output);
    }

    [Fact]
    public void SignaturePadding_Throws_WhenTheKeyIsNotRsa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        FluentActions.Invoking(() => ca.Issue(new() { Subject = s_bob, SignaturePadding = RSASignaturePadding.Pss }))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => ca.Issue(new() { Subject = s_bob, SignatureHash = HashAlgorithmName.MD5 }))
            .Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void CorruptSignature_IsRejectedByOpenSsl()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        (int exitCode, string output) = openssl.Verify(ca, ca.Issue(new() { Subject = s_bob, CorruptSignature = true }));

        exitCode.Should().NotBe(0);
        output.Should().Contain("certificate signature failure");
    }

    [Fact]
    public void Version1_HasNoExtensions()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.Issue(new() { Subject = s_bob, Version = TestCertificateVersion.V1 });

        (int exitCode, string output) = openssl.Verify(ca, leaf);

        exitCode.Should().Be(0, output);
        string text = openssl.Show(leaf, "-text");
        text.Should().Contain("Version: 1 (0x0)");
        text.Should().NotContain("extensions");
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        loaded.Version.Should().Be(1);
    }

    [Fact]
    public void Version1_VerifiesWithOpenSsl_WhenTheCaHasVersion1()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca =
            TestCertificateAuthority.Create(TestName.Of(("CN", "CA")), new() { Version = TestCertificateVersion.V1 });

        (int exitCode, string output) = openssl.Verify(ca, ca.IssueClient(s_bob));

        exitCode.Should().Be(0, output);
        using X509Certificate2 loaded = ca.ToX509Certificate2();
        loaded.Version.Should().Be(1);
        loaded.Extensions.Should().BeEmpty();
    }

    [Fact]
    public void Version1_Throws_WhenThereAreSans()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        FluentActions.Invoking(() => ca.Issue(new() { Subject = s_bob, Version = TestCertificateVersion.V1, Sans = [TestSan.Dns("d")] }))
            .Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void Subject_SupportsAllStringTypesAndMultiValuedRdns()
    {
        using OpenSsl openssl = new();
        TestName subject = TestName.FromRdns(
            new TestRdn(new TestNameAttribute("C", "US")),
            new TestRdn(new TestNameAttribute("CN", "bob", TestStringType.Bmp), new TestNameAttribute("OU", "eng", TestStringType.T61)),
            new TestRdn(new TestNameAttribute("1.2.3.4", "ü", TestStringType.Universal)));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.IssueClient(subject);

        string shown = openssl.Show(leaf, "-subject", "-nameopt", "compat,utf8,sep_comma_plus,show_type,oid");
        (int exitCode, string output) = openssl.Verify(ca, leaf);

        exitCode.Should().Be(0, output);
        shown.Should().Contain("BMPSTRING:bob");
        shown.Should().Contain("T61STRING:eng+");
        shown.Should().Contain("UNIVERSALSTRING:ü");
        using X509Certificate2 loaded = leaf.ToX509Certificate2();
        loaded.SubjectName.RawData.Should().Equal(subject.Encode());
    }

    [Fact]
    public void Subject_IsWritten_WhenMalformed()
    {
        TestName subject = TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x0C, [0xC3, 0x28])), new TestRdn());

        TestCertificate leaf = TestCertificateAuthority.Create(TestName.Of(("CN", "CA"))).IssueClient(subject);

        leaf.Der.Span.IndexOf(subject.Encode()).Should().BeGreaterThan(0);
    }

    [Fact]
    public void Subject_MakesTheSansCritical_WhenEmpty()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate leaf = ca.IssueClient(TestName.Of(), TestSan.Uri("spiffe://d/x"));

        (int exitCode, string output) = openssl.Verify(ca, leaf, "-x509_strict");

        exitCode.Should().Be(0, output);
        openssl.Show(leaf, "-text").Should().Contain("Subject Alternative Name: critical\n");
    }

    [Fact]
    public void Extensions_AreWritten_WhenDuplicate()
    {
        TestExtension twin = new("2.5.29.17", critical: false, TestSan.Encode(TestSan.Dns("two")));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

        using X509Certificate2 leaf =
            ca.Issue(new() { Subject = s_bob, Sans = [TestSan.Dns("one")], Extensions = [twin] }).ToX509Certificate2();

        leaf.Extensions.Count(extension => extension.Oid!.Value == "2.5.29.17").Should().Be(2);
    }

    [Fact]
    public void Issue_WritesEveryMemberOfTheRequest()
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

        leaf.IssuerName.RawData.Should().Equal(issuer.Encode());
        leaf.SerialNumber.Should().Be("FF7F");
        leaf.NotBefore.ToUniversalTime().Should().Be(new DateTime(1949, 12, 31, 23, 59, 59, DateTimeKind.Utc));
        leaf.NotAfter.ToUniversalTime().Should().Be(new DateTime(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        leaf.Extensions.Select(extension => extension.Oid!.Value).Should().Equal("2.5.29.19");
        leaf.PublicKey.ExportSubjectPublicKeyInfo().Should().Equal(key.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public void Chain_VerifiesWithOpenSsl()
    {
        using OpenSsl openssl = new();
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")), new() { Key = s_rsa });
        TestCertificate leaf = root.IssueIntermediate(TestName.Of(("CN", "sub")), new() { PathLength = 0 }).IssueClient(s_bob);

        (int exitCode, string output) = openssl.Verify(root, leaf, "-x509_strict", "-purpose", "sslclient");

        exitCode.Should().Be(0, output);
        output.Should().Contain("OK");
    }
}

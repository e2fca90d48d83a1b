using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing.Tests;

public sealed class TestCertificateAuthorityTests
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("O", "Org"), ("CN", "CA"));
    private static readonly TestName s_bob = TestName.Of(("C", "US"), ("CN", "bob"));

    [Fact]
    public void Create_MakesAValidSelfSignedCa()
    {
        using X509Certificate2 ca = TestCertificateAuthority.Create(s_caName).ToX509Certificate2();

        ca.Version.Should().Be(3);
        ca.IssuerName.RawData.Should().Equal(ca.SubjectName.RawData);
        ca.SerialNumber.Should().Be("01");
        X509BasicConstraintsExtension constraints = ca.Extensions.OfType<X509BasicConstraintsExtension>().Should().ContainSingle().Which;
        (constraints is { CertificateAuthority: true, Critical: true, HasPathLengthConstraint: false }).Should().BeTrue();
        X509KeyUsageExtension usage = ca.Extensions.OfType<X509KeyUsageExtension>().Should().ContainSingle().Which;
        usage.KeyUsages.Should().Be(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);
        ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Should().ContainSingle();
        ca.Extensions.Count.Should().Be(3);
    }

    [Fact]
    public void Create_AppliesTheOptions()
    {
        TestCertificateAuthorityOptions options = new()
        {
            SubjectKeyIdentifier = false,
            KeyUsage = null,
            PathLength = 2,
            Extensions = [new TestExtension("1.2.3", critical: true, [5, 0])],
        };

        using X509Certificate2 ca = TestCertificateAuthority.Create(s_caName, options).ToX509Certificate2();

        ca.Extensions.Select(e => e.Oid!.Value).Should().Equal("2.5.29.19", "1.2.3");
        ca.Extensions.OfType<X509BasicConstraintsExtension>().Single().PathLengthConstraint.Should().Be(2);
        ca.Extensions[1].Critical.Should().BeTrue();
    }

    [Fact]
    public void IssueClient_MakesAClientCertificate()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);

        using X509Certificate2 leaf = ca.IssueClient(s_bob, TestSan.Dns("bob.test")).ToX509Certificate2();

        leaf.HasPrivateKey.Should().BeTrue();
        leaf.SubjectName.RawData.Should().Equal(s_bob.Encode());
        Assert.Equal(ca.SubjectDer, leaf.IssuerName.RawData);
        Usages(leaf).Should().Equal("1.3.6.1.5.5.7.3.2");
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Should().Equal("bob.test");
        X509AuthorityKeyIdentifierExtension aki = leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single();
        using X509Certificate2 caCertificate = ca.ToX509Certificate2();
        X509SubjectKeyIdentifierExtension ski = caCertificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        aki.KeyIdentifier!.Value.ToArray().Should().Equal(ski.SubjectKeyIdentifierBytes.ToArray());
        Builds(ca, leaf).Should().BeTrue();
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void IssueClient_WritesTheAuthorityKeyIdentifier_WhenTheOptionsSaySo(
        bool subjectKeyIdentifier, bool authorityKeyIdentifier, bool named)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new()
        {
            SubjectKeyIdentifier = subjectKeyIdentifier,
            AuthorityKeyIdentifier = authorityKeyIdentifier,
        });

        using X509Certificate2 leaf = ca.IssueClient(s_bob).ToX509Certificate2();

        leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Any().Should().Be(named);
        Builds(ca, leaf).Should().BeTrue();
    }

    [Fact]
    public void IssueServer_DistinguishesAddressesFromNames()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);

        using X509Certificate2 leaf = ca.IssueServer("db.test", "127.0.0.1", "::1", "010.0.0.1").ToX509Certificate2();

        X509SubjectAlternativeNameExtension sans = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        sans.EnumerateDnsNames().Should().Equal("db.test", "010.0.0.1");
        sans.EnumerateIPAddresses().Should().Equal(IPAddress.Loopback, IPAddress.IPv6Loopback);
        Usages(leaf).Should().Equal("1.3.6.1.5.5.7.3.1");
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("db.test:3306")]
    [InlineData("fe80::1%eth0")]
    public void IssueServer_RejectsInvalidHosts(string host) =>
        FluentActions.Invoking(() => TestCertificateAuthority.Create(s_caName).IssueServer(host))
            .Should().ThrowExactly<ArgumentException>();

    [Fact]
    public void IssueServer_Throws_WhenThereIsNoHost() =>
        FluentActions.Invoking(() => TestCertificateAuthority.Create(s_caName).IssueServer()).Should().ThrowExactly<ArgumentException>();

    [Fact]
    public void IssueIntermediate_AddsItselfToTheChain()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority upper = root.IssueIntermediate(TestName.Of(("CN", "upper")));
        TestCertificateAuthority lower = upper.IssueIntermediate(TestName.Of(("CN", "lower")), new() { PathLength = 0 });

        TestCertificate leaf = lower.IssueClient(s_bob);

        Assert.Equal([lower.Der.ToArray(), upper.Der.ToArray()], leaf.Chain.Select(der => der.ToArray()));
        root.IssueClient(s_bob).Chain.Should().BeEmpty();
        using X509Certificate2 certificate = leaf.ToX509Certificate2();
        Builds(root, certificate, leaf.Chain).Should().BeTrue();
        Builds(root, certificate).Should().BeFalse();
    }

    [Fact]
    public void Rotate_KeepsTheNameAndChangesTheKey()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName, new() { Key = TestKey.Create(TestKeyType.P384) });

        TestCertificateAuthority rotated = old.Rotate();

        rotated.SubjectDer.ToArray().Should().Equal(old.SubjectDer.ToArray());
        rotated.Key.Type.Should().Be(TestKeyType.P384);
        rotated.Key.SubjectPublicKeyInfo.ToArray().Should().NotEqual(old.Key.SubjectPublicKeyInfo.ToArray());
        using X509Certificate2 leaf = rotated.IssueClient(s_bob).ToX509Certificate2();
        Builds(rotated, leaf).Should().BeTrue();
        Builds(old, leaf).Should().BeFalse();
    }

    [Fact]
    public void Rotate_MakesASecondCertificateForACombinedFile()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority rotated = old.Rotate();
        X509Certificate2Collection bundle = [];

        bundle.ImportFromPem(old.Pem + rotated.Pem);

        Assert.Equal([old.Der.ToArray(), rotated.Der.ToArray()], bundle.Select(certificate => certificate.RawData));
    }

    [Fact]
    public void Rotate_KeepsTheIssuer_WhenTheCaIsAnIntermediate()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName);
        TestCertificate leaf = root.IssueIntermediate(TestName.Of(("CN", "sub"))).Rotate().IssueClient(s_bob);

        using X509Certificate2 certificate = leaf.ToX509Certificate2();

        Builds(root, certificate, leaf.Chain).Should().BeTrue();
    }

    [Fact]
    public void CrossSign_VerifiesAgainstBothAnchors()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(TestName.Of(("CN", "old")));
        TestCertificateAuthority next = TestCertificateAuthority.Create(TestName.Of(("CN", "next")));

        TestCertificate leaf = old.CrossSign(next).IssueClient(s_bob);

        using X509Certificate2 certificate = leaf.ToX509Certificate2();
        Builds(old, certificate, leaf.Chain).Should().BeTrue();
        Builds(next, certificate).Should().BeTrue();
        Builds(old, certificate).Should().BeFalse();
    }

    [Fact]
    public void Issue_CountsSerialNumbersPerCa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority intermediate = ca.IssueIntermediate(TestName.Of(("CN", "sub")));

        string[] serials = [Serial(intermediate.Certificate), Serial(ca.IssueClient(s_bob)), Serial(intermediate.IssueClient(s_bob))];

        serials.Should().Equal("02", "03", "01");
    }

    [Fact]
    public void Issue_UsesTheClock()
    {
        DateTimeOffset now = new(2049, 6, 1, 12, 0, 0, 999, TimeSpan.Zero);
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { TimeProvider = new FixedClock(now) });

        using X509Certificate2 caCertificate = ca.ToX509Certificate2();
        using X509Certificate2 leaf = ca.IssueIntermediate(TestName.Of(("CN", "sub"))).IssueClient(s_bob).ToX509Certificate2();

        leaf.NotBefore.ToUniversalTime().Should().Be(new DateTime(2049, 6, 1, 11, 0, 0, DateTimeKind.Utc));
        leaf.NotAfter.ToUniversalTime().Should().Be(new DateTime(2050, 6, 1, 12, 0, 0, DateTimeKind.Utc));
        caCertificate.NotAfter.ToUniversalTime().Should().Be(new DateTime(2059, 6, 1, 12, 0, 0, DateTimeKind.Utc));
    }

    private static string[] Usages(X509Certificate2 certificate) =>
        [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(o => o.Value!)];

    private static string Serial(TestCertificate certificate)
    {
        using X509Certificate2 loaded = certificate.ToX509Certificate2();
        return loaded.SerialNumber;
    }

    private static bool Builds(
        TestCertificateAuthority anchor, X509Certificate2 leaf, IReadOnlyList<ReadOnlyMemory<byte>>? intermediates = null)
    {
        using X509Chain chain = new()
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(anchor.ToX509Certificate2());
        foreach (ReadOnlyMemory<byte> intermediate in intermediates ?? [])
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(intermediate.Span));
        return chain.Build(leaf);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;

namespace CertAuth.Tests.Testing;

public sealed class TestCertificateAuthorityTests
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("O", "Org"), ("CN", "CA"));
    private static readonly TestName s_bob = TestName.Of(("C", "US"), ("CN", "bob"));

    [Fact]
    public void Create_MakesAGoodSelfSignedCa()
    {
        using X509Certificate2 ca = TestCertificateAuthority.Create(s_caName).ToX509Certificate2();

        Assert.Equal(3, ca.Version);
        Assert.Equal(ca.SubjectName.RawData, ca.IssuerName.RawData);
        Assert.Equal("01", ca.SerialNumber);
        X509BasicConstraintsExtension constraints = Assert.Single(ca.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(constraints is { CertificateAuthority: true, Critical: true, HasPathLengthConstraint: false });
        X509KeyUsageExtension usage = Assert.Single(ca.Extensions.OfType<X509KeyUsageExtension>());
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Single(ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.Equal(3, ca.Extensions.Count);
    }

    [Fact]
    public void Create_DoesAsTheOptionsSay()
    {
        TestCertificateAuthorityOptions options = new()
        {
            SubjectKeyIdentifier = false,
            KeyUsage = null,
            PathLength = 2,
            Extensions = [new TestExtension("1.2.3", critical: true, [5, 0])],
        };

        using X509Certificate2 ca = TestCertificateAuthority.Create(s_caName, options).ToX509Certificate2();

        Assert.Equal(["2.5.29.19", "1.2.3"], ca.Extensions.Select(e => e.Oid!.Value));
        Assert.Equal(2, ca.Extensions.OfType<X509BasicConstraintsExtension>().Single().PathLengthConstraint);
        Assert.True(ca.Extensions[1].Critical);
    }

    [Fact]
    public void IssueClient_MakesAClientCertificate()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);

        using X509Certificate2 leaf = ca.IssueClient(s_bob, TestSan.Dns("bob.test")).ToX509Certificate2();

        Assert.True(leaf.HasPrivateKey);
        Assert.Equal(s_bob.Encode(), leaf.SubjectName.RawData);
        Assert.Equal(ca.SubjectDer, leaf.IssuerName.RawData);
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], Usages(leaf));
        Assert.Equal(["bob.test"], leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        X509AuthorityKeyIdentifierExtension aki = leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single();
        using X509Certificate2 caCertificate = ca.ToX509Certificate2();
        X509SubjectKeyIdentifierExtension ski = caCertificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        Assert.Equal(ski.SubjectKeyIdentifierBytes.ToArray(), aki.KeyIdentifier!.Value.ToArray());
        Assert.True(Builds(ca, leaf));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void IssueClient_NamesTheKeyOnlyIfTheCaSaysSo(bool subjectKeyIdentifier, bool authorityKeyIdentifier, bool named)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new()
        {
            SubjectKeyIdentifier = subjectKeyIdentifier,
            AuthorityKeyIdentifier = authorityKeyIdentifier,
        });

        using X509Certificate2 leaf = ca.IssueClient(s_bob).ToX509Certificate2();

        Assert.Equal(named, leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Any());
        Assert.True(Builds(ca, leaf));
    }

    [Fact]
    public void IssueServer_TellsAddressesFromNames()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);

        using X509Certificate2 leaf = ca.IssueServer("db.test", "127.0.0.1", "::1", "010.0.0.1").ToX509Certificate2();

        X509SubjectAlternativeNameExtension sans = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["db.test", "010.0.0.1"], sans.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], sans.EnumerateIPAddresses());
        Assert.Equal(["1.3.6.1.5.5.7.3.1"], Usages(leaf));
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("db.test:3306")]
    [InlineData("fe80::1%eth0")]
    public void IssueServer_RefusesWhatIsNoHost(string host) =>
        Assert.Throws<ArgumentException>(() => TestCertificateAuthority.Create(s_caName).IssueServer(host));

    [Fact]
    public void IssueServer_NeedsAHost() =>
        Assert.Throws<ArgumentException>(() => TestCertificateAuthority.Create(s_caName).IssueServer());

    [Fact]
    public void IssueIntermediate_PutsTheIntermediatesIntoTheChain()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority upper = root.IssueIntermediate(TestName.Of(("CN", "upper")));
        TestCertificateAuthority lower = upper.IssueIntermediate(TestName.Of(("CN", "lower")), new() { PathLength = 0 });

        TestCertificate leaf = lower.IssueClient(s_bob);

        Assert.Equal([lower.Der.ToArray(), upper.Der.ToArray()], leaf.Chain.Select(der => der.ToArray()));
        Assert.Empty(root.IssueClient(s_bob).Chain);
        using X509Certificate2 certificate = leaf.ToX509Certificate2();
        Assert.True(Builds(root, certificate, leaf.Chain));
        Assert.False(Builds(root, certificate));
    }

    [Fact]
    public void Rotate_KeepsTheNameAndChangesTheKey()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName, new() { Key = TestKey.Create(TestKeyType.P384) });

        TestCertificateAuthority rotated = old.Rotate();

        Assert.Equal(old.SubjectDer.ToArray(), rotated.SubjectDer.ToArray());
        Assert.Equal(TestKeyType.P384, rotated.Key.Type);
        Assert.NotEqual(old.Key.SubjectPublicKeyInfo.ToArray(), rotated.Key.SubjectPublicKeyInfo.ToArray());
        using X509Certificate2 leaf = rotated.IssueClient(s_bob).ToX509Certificate2();
        Assert.True(Builds(rotated, leaf));
        Assert.False(Builds(old, leaf));
    }

    [Fact]
    public void Rotate_GivesTwoBlocksOfOneCombinedFile()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority rotated = old.Rotate();
        X509Certificate2Collection bundle = [];

        bundle.ImportFromPem(old.Pem + rotated.Pem);

        Assert.Equal([old.Der.ToArray(), rotated.Der.ToArray()], bundle.Select(certificate => certificate.RawData));
    }

    [Fact]
    public void Rotate_OfAnIntermediateStaysBelowItsIssuer()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName);
        TestCertificate leaf = root.IssueIntermediate(TestName.Of(("CN", "sub"))).Rotate().IssueClient(s_bob);

        using X509Certificate2 certificate = leaf.ToX509Certificate2();

        Assert.True(Builds(root, certificate, leaf.Chain));
    }

    [Fact]
    public void CrossSign_LeadsToBothAnchors()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(TestName.Of(("CN", "old")));
        TestCertificateAuthority next = TestCertificateAuthority.Create(TestName.Of(("CN", "next")));

        TestCertificate leaf = old.CrossSign(next).IssueClient(s_bob);

        using X509Certificate2 certificate = leaf.ToX509Certificate2();
        Assert.True(Builds(old, certificate, leaf.Chain));
        Assert.True(Builds(next, certificate));
        Assert.False(Builds(old, certificate));
    }

    [Fact]
    public void Issue_CountsSerialNumbersFromTheCa()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority intermediate = ca.IssueIntermediate(TestName.Of(("CN", "sub")));

        string[] serials = [Serial(intermediate.Certificate), Serial(ca.IssueClient(s_bob)), Serial(intermediate.IssueClient(s_bob))];

        Assert.Equal(["02", "03", "01"], serials);
    }

    [Fact]
    public void Issue_TakesTheTimeFromTheClock()
    {
        DateTimeOffset now = new(2049, 6, 1, 12, 0, 0, 999, TimeSpan.Zero);
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_caName, new() { TimeProvider = new StoppedClock(now) });

        using X509Certificate2 caCertificate = ca.ToX509Certificate2();
        using X509Certificate2 leaf = ca.IssueIntermediate(TestName.Of(("CN", "sub"))).IssueClient(s_bob).ToX509Certificate2();

        Assert.Equal(new DateTime(2049, 6, 1, 11, 0, 0, DateTimeKind.Utc), leaf.NotBefore.ToUniversalTime());
        Assert.Equal(new DateTime(2050, 6, 1, 12, 0, 0, DateTimeKind.Utc), leaf.NotAfter.ToUniversalTime());
        Assert.Equal(new DateTime(2059, 6, 1, 12, 0, 0, DateTimeKind.Utc), caCertificate.NotAfter.ToUniversalTime());
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

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

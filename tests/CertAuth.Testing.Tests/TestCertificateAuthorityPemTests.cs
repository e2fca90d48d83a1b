using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Testing.Tests;

/// <summary>CAs read from PEM.</summary>
public sealed class TestCertificateAuthorityPemTests
{
    private static readonly TestName s_subject = TestName.Of(("C", "US"), ("CN", "kept"));
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.Rsa2048)]
    public void FromPem_ReturnsACaThatIssuesValidCertificates(TestKeyType type)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subject, new() { KeyType = type });
        TestCertificateAuthority kept = TestCertificateAuthority.FromPem(ca.Pem, ca.Key.PrivateKeyPem);

        TestCertificate alice = kept.IssueClient(s_alice);

        kept.Der.Span.SequenceEqual(ca.Der.Span).Should().BeTrue();
        alice.Chain.Should().BeEmpty();
        TrustBundle.Parse(Encoding.ASCII.GetBytes(ca.Pem)).TryVerify(alice.Der.Span, [], out _, out Rejection? rejection)
            .Should().BeTrue(rejection?.ToString());
    }

    [Fact]
    public void FromPem_UsesRandomSerialNumbers()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subject);

        // Each certificate comes from a newly read CA, as in separate runs of a program.
        TestCertificate Issue() => TestCertificateAuthority.FromPem(ca.Pem, ca.Key.PrivateKeyPem).IssueClient(s_alice);
        string[] serials = [.. Enumerable.Range(0, 20).Select(_ => SerialNumber(Issue()))];

        serials.Distinct().Count().Should().Be(20);
        serials.Should().AllSatisfy(serial => serial.Should().MatchRegex("^01[0-9A-F]{16}$"));
    }

    [Fact]
    public void SerialNumbers_CountUp_UnlessTheyAreRandom()
    {
        TestCertificateAuthority random = TestCertificateAuthority.Create(s_subject, new() { RandomSerialNumbers = true });

        SerialNumber(random.Certificate).Should().MatchRegex("^01[0-9A-F]{16}$");
        SerialNumber(random.Rotate().Certificate).Should().NotBe(SerialNumber(random.Certificate));
        TestCertificateAuthority counting = TestCertificateAuthority.Create(s_subject);
        Assert.Equal(["01", "02"], [SerialNumber(counting.Certificate), SerialNumber(counting.IssueClient(s_alice))]);
    }

    [Fact]
    public void FromPem_ReturnsAnIntermediateWithItsChain_WhichCannotRotate()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_subject);
        TestCertificateAuthority users = root.IssueIntermediate(TestName.Of(("CN", "users")))
            .IssueIntermediate(TestName.Of(("CN", "more users")));
        TestCertificateAuthority kept = TestCertificateAuthority.FromPem(users.Certificate.PemWithChain, users.Key.PrivateKeyPem);

        TestCertificate alice = kept.IssueClient(s_alice);

        alice.Chain.Select(Hex).Should().Equal([.. users.Certificate.Chain.Prepend(users.Der).Select(Hex)]);
        FluentActions.Invoking(() => kept.Rotate()).Should().ThrowExactly<InvalidOperationException>();
        using OpenSsl openSsl = new();
        openSsl.Verify(root, alice).ExitCode.Should().Be(0);
    }

    [Fact]
    public void FromPem_ReturnsACaThatRotatesWithItsOptions()
    {
        TestExtension constraint = new("2.5.29.30", critical: true, Convert.FromHexString("300EA00C300A82086578616D706C6531"));
        TestCertificateAuthorityOptions options = new()
        {
            PathLength = 1,
            Extensions = [constraint],
            KeyUsage = X509KeyUsageFlags.KeyCertSign,
        };
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subject, options);

        TestCertificateAuthority next = TestCertificateAuthority.FromPem(ca.Pem, ca.Key.PrivateKeyPem)
            .Rotate(TestKeyType.P384, DateTimeOffset.UnixEpoch.AddYears(100));

        using X509Certificate2 certificate = next.ToX509Certificate2();
        X509BasicConstraintsExtension constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>()
            .Should().ContainSingle().Which;
        (constraints.CertificateAuthority, constraints.PathLengthConstraint).Should().Be((true, 1));
        certificate.Extensions.OfType<X509KeyUsageExtension>()
            .Should().ContainSingle().Which.KeyUsages.Should().Be(X509KeyUsageFlags.KeyCertSign);
        X509Extension kept = certificate.Extensions.Should().ContainSingle(extension => extension.Oid!.Value == "2.5.29.30").Which;
        kept.Critical.Should().BeTrue();
        next.Key.Type.Should().Be(TestKeyType.P384);
        certificate.NotAfter.ToUniversalTime().Should().Be(new DateTime(2070, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        next.SubjectDer.Span.SequenceEqual(ca.SubjectDer.Span).Should().BeTrue();
    }

    [Fact]
    public void FromPem_KeepsTheKeyIdentifierOfAnotherProgram()
    {
        using OpenSsl openSsl = new();
        openSsl.Do("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=theirs", "-keyout", "key.pem", "-out", "ca.pem");
        string certificatePem = Encoding.ASCII.GetString(openSsl.ReadFile("ca.pem"));
        string keyPem = Encoding.ASCII.GetString(openSsl.ReadFile("key.pem"));
        TestCertificateAuthority ca = TestCertificateAuthority.FromPem(certificatePem, keyPem);

        TestCertificate alice = ca.IssueClient(s_alice);

        using X509Certificate2 own = ca.ToX509Certificate2();
        using X509Certificate2 issued = alice.ToX509Certificate2();
        ReadOnlyMemory<byte> theirs = own.Extensions.OfType<X509SubjectKeyIdentifierExtension>()
            .Should().ContainSingle().Which.SubjectKeyIdentifierBytes;
        Hex(issued.Extensions.OfType<X509AuthorityKeyIdentifierExtension>()
            .Should().ContainSingle().Which.KeyIdentifier!.Value).Should().Be(Hex(theirs));
        openSsl.Verify(ca, alice).ExitCode.Should().Be(0);
    }

    [Fact]
    public void FromPem_UsesTheGivenClock()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subject);
        FixedClock clock = new(new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero));

        TestCertificate alice = TestCertificateAuthority.FromPem(ca.Pem, ca.Key.PrivateKeyPem, clock).IssueClient(s_alice);

        Read(alice).NotAfter.Should().Be(clock.Now.AddYears(1));
    }

    [Fact]
    public void FromPem_Throws_WhenCertificateOrKeyIsMissingOrDoesNotMatch()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subject);
        string key = ca.Key.PrivateKeyPem;

        FluentActions.Invoking(() => TestCertificateAuthority.FromPem("", key)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestCertificateAuthority.FromPem(key, key)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestCertificateAuthority.FromPem(ca.Pem, ca.Pem)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestCertificateAuthority.FromPem(ca.Pem, TestKey.Create().PrivateKeyPem))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(
            () => TestCertificateAuthority.FromPem("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", key))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestCertificateAuthority.FromPem(null!, key)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => TestCertificateAuthority.FromPem(ca.Pem, null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    private static ParsedCertificate Read(TestCertificate certificate)
    {
        bool parsed = ParsedCertificate.TryParse(certificate.Der.Span, out ParsedCertificate? read, out CertificateError error);
        Assert.True(parsed, error.ToString());
        return read!;
    }

    private static string SerialNumber(TestCertificate certificate) => Convert.ToHexString(Read(certificate).SerialNumber.Span);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}

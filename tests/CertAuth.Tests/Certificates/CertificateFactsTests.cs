using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tests.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Certificates;

/// <summary>The facts of a certificate that logins do not use, compared with .NET and the openssl command.</summary>
public sealed class CertificateFactsTests
{
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    [Fact]
    public void Facts_AgreeWithDotNetForAllVectors()
    {
        ParsedCertificate[] all =
        [
            .. NameVector.File.All.Select(vector => vector.DerB64).Concat(SanVector.File.All.Select(vector => vector.DerB64))
                .Where(ParsedCertificateTests.IsLoadedByDotNet)
                .Select(der => ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _) ? certificate : null)
                .OfType<ParsedCertificate>(),
        ];
        all.Length.Should().BeGreaterThan(400);

        all.Should().AllSatisfy(ours =>
        {
            using X509Certificate2 theirs = X509CertificateLoader.LoadCertificate(ours.Der.Span);
            ours.Version.Should().Be(theirs.Version);
            ours.SignatureAlgorithm.Oid.Should().Be(theirs.SignatureAlgorithm.Value);
            ours.IsCertificateAuthority.Should().Be(
                theirs.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority));
            ours.GetExtendedKeyUsages().Should().Equal(
                theirs.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
                    .Select(oid => oid.Value));
        });
    }

    [Theory]
    [InlineData("rsa:2048", "-sha1", "sha1WithRSAEncryption", "RSA with SHA-1", "SHA1")]
    [InlineData("rsa:2048", "-sha224", "sha224WithRSAEncryption", "RSA with SHA-224", "SHA224")]
    [InlineData("rsa:2048", "-sha256", "sha256WithRSAEncryption", "RSA with SHA-256", "SHA256")]
    [InlineData("rsa:2048", "-sha384", "sha384WithRSAEncryption", "RSA with SHA-384", "SHA384")]
    [InlineData("rsa:2048", "-sha512", "sha512WithRSAEncryption", "RSA with SHA-512", "SHA512")]
    [InlineData("rsa:2048", "-sha256 -sigopt rsa_padding_mode:pss", "rsassaPss", "RSA-PSS with SHA-256", "SHA256")]
    [InlineData("rsa:2048", "-sha1 -sigopt rsa_padding_mode:pss", "rsassaPss", "RSA-PSS with SHA-1", "SHA1")]
    [InlineData("rsa:2048", "-sha3-256", "RSA-SHA3-256", "2.16.840.1.101.3.4.3.14", null)]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "-sha1", "ecdsa-with-SHA1", "ECDSA with SHA-1", "SHA1")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "-sha224", "ecdsa-with-SHA224", "ECDSA with SHA-224", "SHA224")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "-sha256", "ecdsa-with-SHA256", "ECDSA with SHA-256", "SHA256")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-384", "-sha384", "ecdsa-with-SHA384", "ECDSA with SHA-384", "SHA384")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-521", "-sha512", "ecdsa-with-SHA512", "ECDSA with SHA-512", "SHA512")]
    [InlineData("ed25519", "", "ED25519", "Ed25519", null)]
    [InlineData("ed448", "", "ED448", "Ed448", null)]
    public void SignatureAlgorithm_AgreesWithOpenSsl(string key, string signature, string theirs, string ours, string? hash)
    {
        using OpenSsl openSsl = new();
        openSsl.Do([
            "req", "-x509", "-subj", "/CN=any", "-newkey", .. key.Split(' '), "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
            .. signature.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);
        openSsl.Run("x509", "-in", "cert.pem", "-noout", "-text").Output.Should().Contain($"Signature Algorithm: {theirs}\n");
        openSsl.Do("x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der");

        SignatureAlgorithmInfo algorithm = ParsedCertificate.Parse(openSsl.ReadFile("cert.der")).SignatureAlgorithm;

        algorithm.ToString().Should().Be(ours);
        algorithm.Hash.Name.Should().Be(hash);
        algorithm.HasWeakHash.Should().Be(hash == "SHA1");
    }

    [Theory]
    [InlineData("CA:TRUE", "clientAuth,serverAuth", true, ClientAuth, ServerAuth)]
    [InlineData("CA:FALSE", "1.2.3.4,anyExtendedKeyUsage", false, "1.2.3.4", "2.5.29.37.0")]
    public void Extensions_AgreeWithOpenSsl(string constraints, string usages, bool isCa, params string[] oids)
    {
        using OpenSsl openSsl = new();
        openSsl.Do(
            "req", "-x509", "-subj", "/CN=any", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
            "-outform", "DER", "-out", "cert.der", "-config", openSsl.File("config", "[req]\ndistinguished_name=dn\n[dn]\n"),
            "-addext", $"basicConstraints={constraints}", "-addext", $"extendedKeyUsage={usages}");

        ParsedCertificate certificate = ParsedCertificate.Parse(openSsl.ReadFile("cert.der"));

        certificate.Version.Should().Be(3);
        certificate.IsCertificateAuthority.Should().Be(isCa);
        certificate.GetExtendedKeyUsages().Should().Equal(oids);
    }

    [Fact]
    public void Facts_AreEmpty_WhenTheVersionHasNoExtensions()
    {
        ParsedCertificate certificate = ParsedCertificate.Parse(new CraftedCertificate { Version = [], Extensions = null }.Encode());

        certificate.Version.Should().Be(1);
        certificate.IsCertificateAuthority.Should().BeFalse();
        certificate.GetExtendedKeyUsages().Should().BeEmpty();
    }

    public static TheoryData<byte[], string, bool> UnusualAlgorithms => new()
    {
        { Sequence(Oid("1.2.840.113549.1.1.2"), Tlv(5)), "RSA with MD2", true },
        { Sequence(Oid("1.2.840.113549.1.1.4"), Tlv(5)), "RSA with MD5", true },
        { Sequence(Oid("1.2.840.10040.4.3")), "DSA with SHA-1", true },
        { Sequence(Oid("1.2.3")), "1.2.3", false },
        { Sequence(Oid("1.2.840.113549.1.1.10")), "RSA-PSS", false },
        { Sequence(Oid("1.2.840.113549.1.1.10"), Sequence()), "RSA-PSS with SHA-1", true },
        { Sequence(Oid("1.2.840.113549.1.1.10"), Sequence(Tlv(0xA0, Sequence(Oid("1.2.3"))))), "RSA-PSS with 1.2.3", false },
        { Sequence(Oid("1.2.840.113549.1.1.10"), Sequence(Tlv(0xA0))), "malformed algorithm", false },
        { Sequence(Oid("1.2.840.113549.1.1.10"), Tlv(5)), "malformed algorithm", false },
        { Sequence(), "malformed algorithm", false },
        { Sequence(Tlv(6, [0x80, 1])), "malformed algorithm", false },
    };

    [Theory, MemberData(nameof(UnusualAlgorithms))]
    public void SignatureAlgorithm_HasAName_WhenTheAlgorithmIsUnusual(byte[] algorithm, string name, bool hasWeakHash)
    {
        byte[] der = new CraftedCertificate { SignedAlgorithm = algorithm, Algorithm = algorithm }.Encode();

        SignatureAlgorithmInfo read = ParsedCertificate.Parse(der).SignatureAlgorithm;

        read.ToString().Should().Be(name);
        read.HasWeakHash.Should().Be(hasWeakHash);
        (read.Oid is null).Should().Be(name == "malformed algorithm");
    }
}

using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;
using CertAuth.Tls;

namespace CertAuth.Tests.Certificates;

/// <summary>Certificates and keys from files, including those that the openssl command writes.</summary>
public sealed class KeyPairTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificate s_good = s_ca.IssueServer("db.test");
    private static readonly byte[] s_message = "signed"u8.ToArray();
    private static readonly string s_oddKey = s_good.PrivateKeyPem.Replace("PRIVATE", "ODD PRIVATE", StringComparison.Ordinal);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("genrsa -out key.pem 2048")]
    [InlineData("genrsa -traditional -out key.pem 3072")]
    [InlineData("ecparam -name prime256v1 -genkey -out key.pem")]
    [InlineData("ecparam -name secp384r1 -genkey -noout -out key.pem")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem")]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out key.pem")]
    public void TryParse_AcceptsKeysThatOpenSslWrites(string command)
    {
        using OpenSsl openSsl = new();
        openSsl.Do(command.Split(' '));
        openSsl.Do("req", "-new", "-x509", "-key", "key.pem", "-days", "30", "-subj", "/CN=signer", "-out", "cert.pem");
        byte[] certificate = openSsl.ReadFile("cert.pem");
        byte[] key = openSsl.ReadFile("key.pem");

        Assert.True(SigningKeyPair.TryParseAt(certificate, key, Now, out SigningKeyPair? pair, out KeyPairError error), error.ToString());
        Assert.True(SigningCertificate.TryParseAt(certificate, Now, out SigningCertificate? verifier, out error), error.ToString());
        Assert.True(ServerCertificate.TryParse(certificate, key, out ServerCertificate? server, out error), error.ToString());

        byte[] buffer = new byte[KeyBounds.MaxSignatureBytes];
        byte[] signature = buffer[..pair.Sign(s_message, buffer)];
        verifier.Verify(s_message, signature).Should().BeTrue();
        verifier.Verify("other"u8, signature).Should().BeFalse();
        signature[^1] ^= 1;
        verifier.Verify(s_message, signature).Should().BeFalse();
        server.NotAfter.Should().NotBeNull();
    }

    [Theory]
    [InlineData("genrsa -aes256 -passout pass:secret -out key.pem 2048", KeyPairErrorKind.EncryptedPrivateKey)]
    [InlineData("genrsa -traditional -aes256 -passout pass:secret -out key.pem 2048", KeyPairErrorKind.EncryptedPrivateKey)]
    [InlineData("genpkey -algorithm ED25519 -out key.pem", KeyPairErrorKind.MalformedPrivateKey)]
    [InlineData("genrsa -out key.pem 2048", KeyPairErrorKind.KeyMismatch)]
    [InlineData("ecparam -name prime256v1 -genkey -out key.pem", KeyPairErrorKind.KeyMismatch)]
    [InlineData("ecparam -name secp384r1 -genkey -out key.pem", KeyPairErrorKind.KeyMismatch)]
    public void TryParse_RejectsTheKey_WhenItIsEncryptedOrDoesNotMatchTheCertificate(string command, KeyPairErrorKind expected)
    {
        using OpenSsl openSsl = new();
        openSsl.Do(command.Split(' '));

        Load(s_good.Pem, Encoding.ASCII.GetString(openSsl.ReadFile("key.pem"))).Kind.Should().Be(expected);
    }

    [Theory]
    [InlineData("genpkey -algorithm ED25519 -out key.pem")]
    [InlineData("genrsa -out key.pem 1024")]
    [InlineData("ecparam -name secp256k1 -genkey -out key.pem")]
    [InlineData("ecparam -name prime256v1 -param_enc explicit -genkey -out key.pem")]
    public void TryParse_RejectsTheCertificate_WhenItsKeyIsUnusable(string command)
    {
        using OpenSsl openSsl = new();
        openSsl.Do(command.Split(' '));
        openSsl.Do("req", "-new", "-x509", "-key", "key.pem", "-days", "30", "-subj", "/CN=signer", "-out", "cert.pem");

        string certificate = Encoding.ASCII.GetString(openSsl.ReadFile("cert.pem"));
        string key = Encoding.ASCII.GetString(openSsl.ReadFile("key.pem"));
        KeyPairError error = Load(certificate, key);

        error.Kind.Should().Be(KeyPairErrorKind.UnusableKey);
        error.File.Should().Be(KeyPairFile.Certificate);
    }

    public static TheoryData<string, string, string, KeyPairErrorKind> Files => new()
    {
        { "one file with both", s_good.Pem + s_good.PrivateKeyPem, s_good.Pem + s_good.PrivateKeyPem, KeyPairErrorKind.None },
        { "text around blocks", "Certificate:\n  Data\n" + s_good.Pem + "\n", "my key\n" + s_good.PrivateKeyPem, KeyPairErrorKind.None },
        { "chain", s_good.Pem + s_ca.Pem, s_good.PrivateKeyPem, KeyPairErrorKind.None },
        { "chain in the wrong order", s_ca.Pem + s_good.Pem, s_good.PrivateKeyPem, KeyPairErrorKind.KeyMismatch },
        { "no certificate", "", s_good.PrivateKeyPem, KeyPairErrorKind.NoCertificate },
        { "key in place of the certificate", s_good.PrivateKeyPem, s_good.PrivateKeyPem, KeyPairErrorKind.NoCertificate },
        { "no key", s_good.Pem, s_good.Pem, KeyPairErrorKind.NoPrivateKey },
        { "two keys", s_good.Pem, s_good.PrivateKeyPem + s_ca.Key.PrivateKeyPem, KeyPairErrorKind.NoPrivateKey },
        { "key of another certificate", s_good.Pem, s_ca.Key.PrivateKeyPem, KeyPairErrorKind.KeyMismatch },
        { "truncated certificate", s_good.Pem[..100], s_good.PrivateKeyPem, KeyPairErrorKind.MalformedBlock },
        { "truncated key", s_good.Pem, s_good.PrivateKeyPem[..60], KeyPairErrorKind.MalformedBlock },
        { "invalid key", s_good.Pem, CreateBlock("PRIVATE KEY"), KeyPairErrorKind.MalformedPrivateKey },
        { "key of an unknown kind", s_good.Pem, s_oddKey, KeyPairErrorKind.MalformedPrivateKey },
        { "invalid certificate", CreateBlock("CERTIFICATE"), s_good.PrivateKeyPem, KeyPairErrorKind.MalformedCertificate },
        { "second invalid", s_good.Pem + CreateBlock("CERTIFICATE"), s_good.PrivateKeyPem, KeyPairErrorKind.MalformedCertificate },
        { "another block", s_good.Pem + CreateBlock("X509 CRL"), s_good.PrivateKeyPem, KeyPairErrorKind.UnexpectedBlock },
        { "twelve certificates", string.Concat(Enumerable.Repeat(s_good.Pem, 12)), s_good.PrivateKeyPem, KeyPairErrorKind.TooLarge },
        { "larger than 1 MiB", s_good.Pem + new string('\n', 1 << 20), s_good.PrivateKeyPem, KeyPairErrorKind.TooLarge },
        { "key larger than 1 MiB", s_good.Pem, s_good.PrivateKeyPem + new string('\n', 1 << 20), KeyPairErrorKind.TooLarge },
    };

    [Theory, MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void TryParse_ReturnsThePairOrTheError(string name, string certificates, string key, KeyPairErrorKind expected)
    {
        KeyPairError error = Load(certificates, key);

        expected.Should().Be(error.Kind, $"{name}: {error}");
        error.ToString().Should().EndWith(".");
        error.ToString().Should().NotContain(s_good.PrivateKeyPem[30..60], "it is a part of the private key");
    }

    [Fact]
    public void TryParse_ChecksTheValidityOfASigningCertificateToTheSecond()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TestCertificate certificate =
            s_ca.Issue(new() { Subject = TestName.Of(("CN", "s")), NotBefore = start, NotAfter = start.AddHours(1) });

        LoadAt(certificate, start.AddTicks(-1)).Should().Be(KeyPairErrorKind.NotYetValid);
        LoadAt(certificate, start).Should().Be(KeyPairErrorKind.None);
        LoadAt(certificate, start.AddHours(1).AddSeconds(0.999)).Should().Be(KeyPairErrorKind.None);
        LoadAt(certificate, start.AddHours(1).AddSeconds(1)).Should().Be(KeyPairErrorKind.Expired);
    }

    [Fact]
    public void TryParse_RejectsAServerCertificate_WhenNoHandshakeAcceptsIt()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")), new() { KeyType = TestKeyType.Rsa2048 });
        TestCertificate weak = ca.Issue(new() { Subject = TestName.Of(("CN", "db.test")), SignatureHash = HashAlgorithmName.SHA1 });

        ServerCertificate.TryParse(Bytes(weak.Pem), Bytes(weak.PrivateKeyPem), out _, out KeyPairError error).Should().BeFalse();

        error.Kind.Should().Be(KeyPairErrorKind.RejectedByPlatform);
        error.Detail.Should().Contain("md too weak");
    }

    [Fact]
    public void Sign_IsSafeForConcurrentUse()
    {
        TestCertificate rsa = s_ca.Issue(new() { Subject = TestName.Of(("CN", "s")), KeyType = TestKeyType.Rsa2048 });
        foreach (TestCertificate certificate in new[] { s_good, rsa })
        {
            Assert.True(SigningKeyPair.TryParseAt(
                Bytes(certificate.Pem), Bytes(certificate.PrivateKeyPem), Now, out SigningKeyPair? pair, out _));
            Assert.True(SigningCertificate.TryParseAt(Bytes(certificate.Pem), Now, out SigningCertificate? verifier, out _));
            Parallel.For(0, 400, i =>
            {
                byte[] message = BitConverter.GetBytes(i);
                byte[] signature = new byte[KeyBounds.MaxSignatureBytes];
                int length = pair.Sign(message, signature);
                verifier.Verify(message, signature.AsSpan(0, length)).Should().BeTrue();
            });
        }
    }

    [Fact]
    public void TryParse_NeverThrows_WhenTheFilesAreMutated()
    {
        Random random = new(5);
        byte[] certificate = Bytes(s_good.Pem);
        byte[] key = Bytes(s_good.PrivateKeyPem);
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = [.. i % 2 == 0 ? certificate : key];
            for (int n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            bool isLoaded = i % 2 == 0
                ? ServerCertificate.TryParse(changed, key, out ServerCertificate? server, out KeyPairError error)
                : ServerCertificate.TryParse(certificate, changed, out server, out error);
            (server is not null).Should().Be(isLoaded);
            (error.Kind == KeyPairErrorKind.None).Should().Be(isLoaded);
        }
    }

    private static KeyPairErrorKind LoadAt(TestCertificate certificate, DateTimeOffset now)
    {
        _ = SigningCertificate.TryParseAt(Bytes(certificate.Pem), now, out _, out KeyPairError error);
        return error.Kind;
    }

    private static KeyPairError Load(string certificates, string key)
    {
        bool isServer = ServerCertificate.TryParse(Bytes(certificates), Bytes(key), out _, out KeyPairError error);
        bool isPair = SigningKeyPair.TryParseAt(Bytes(certificates), Bytes(key), Now, out _, out KeyPairError other);
        isPair.Should().Be(isServer);
        (error == other || other.Kind == KeyPairErrorKind.WrongKeyUsage).Should().BeTrue();
        return error;
    }

    private static string CreateBlock(string label) => $"-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Signing;

namespace CertAuth.Tests.Forwarding;

/// <summary>A signer of tokens: its certificate and keys for the library, and signatures that are created without the library.</summary>
internal sealed class TestSigner
{
    internal const string Label = "TIPROXY-CERT-INFO-V1", ProxyKeyLabel = "TIPROXY-CERT-INFO-V1C";

    // The static members below depend on this field, so it must be first.
    private static readonly FixedClock s_clock = new(TestClock.Now);

    private readonly TestKey _key;

    internal TestSigner(TestCertificate certificate)
    {
        _key = certificate.Key;
        TestCertificate = certificate;
        byte[] pem = Encoding.ASCII.GetBytes(certificate.PemWithChain);
        byte[] privateKey = Encoding.ASCII.GetBytes(certificate.PrivateKeyPem);
        Assert.True(
            SigningKeyPair.TryParseAt(pem, privateKey, TestClock.Now, out SigningKeyPair? pair, out KeyPairError error), error.ToString());
        Assert.True(SigningCertificate.TryParseAt(pem, TestClock.Now, out SigningCertificate? publicPart, out error), error.ToString());
        (Pair, Certificate) = (pair, publicPart);
    }

    internal static TestCertificateAuthority Ca { get; } =
        TestCertificateAuthority.Create(TestName.Of(("CN", "proxy CA")), new() { TimeProvider = s_clock });

    internal static TestSigner Rsa { get; } = Create(TestKeyType.Rsa2048);

    internal static TestSigner P256 { get; } = Create(TestKeyType.P256);

    internal static TestSigner P384 { get; } = Create(TestKeyType.P384);

    internal static TestSigner P521 { get; } = Create(TestKeyType.P521);

    /// <summary>Gets a signer with a key that no verifier knows.</summary>
    internal static TestSigner Stranger { get; } = Create(TestKeyType.P256);

    internal TestCertificate TestCertificate { get; }

    internal SigningKeyPair Pair { get; }

    internal SigningCertificate Certificate { get; }

    internal ISource<SigningCertificateRing> Ring =>
        Source.Fixed(SigningCertificateRing.Create(Certificate, new() { TimeProvider = s_clock }));

    internal static TestSigner Of(string key) => key switch
    {
        "RSA" => Rsa,
        "P-256" => P256,
        "P-384" => P384,
        "P-521" => P521,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "The signer does not exist."),
    };

    internal static TestSigner Create(TestKeyType type, DateTimeOffset? notAfter = null) => new(Ca.Issue(new()
    {
        Subject = TestName.Of(("CN", "proxy")),
        KeyType = type,
        NotAfter = notAfter,
    }));

    /// <summary>Returns the signature, in base64url, of the label, a zero byte, the length as a 64-bit integer, and the info.</summary>
    internal string Sign(byte[] info, string label = Label) => Base64Url.EncodeToString(SignRaw(info, label));

    internal byte[] SignRaw(byte[] info, string label = Label)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)info.Length);
        return SignData([.. Encoding.ASCII.GetBytes(label), 0, .. length, .. info]);
    }

    internal byte[] SignData(byte[] data, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
    {
        if (_key.Type == TestKeyType.Rsa2048)
        {
            using RSA rsa = RSA.Create();
            rsa.ImportFromPem(_key.PrivateKeyPem);
            return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }

        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(_key.PrivateKeyPem);
        HashAlgorithmName hash = _key.Type switch
        {
            TestKeyType.P256 => HashAlgorithmName.SHA256,
            TestKeyType.P384 => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        return ecdsa.SignData(data, hash, format);
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>A key pair for tests. Several certificates may share it.</summary>
/// <remarks>Holds the key as bytes and imports it for each use, so there is nothing to dispose. Immutable; safe for concurrent use. The
/// private key is not protected.</remarks>
public sealed partial class TestKey
{
    private readonly byte[] _pkcs8;
    private readonly byte[] _subjectPublicKeyInfo;

    private TestKey(TestKeyType type, AsymmetricAlgorithm algorithm)
    {
        Type = type;
        _pkcs8 = algorithm.ExportPkcs8PrivateKey();
        _subjectPublicKeyInfo = algorithm.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Gets the algorithm and size.</summary>
    public TestKeyType Type { get; }

    /// <summary>Gets the private key as unencrypted PKCS #8 in PEM, with a line feed at the end.</summary>
    public string PrivateKeyPem => PemEncoding.WriteString("PRIVATE KEY", _pkcs8) + "\n";

    /// <summary>Gets the public key as a SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _subjectPublicKeyInfo;

    internal bool IsRsa => Type is TestKeyType.Rsa1024 or TestKeyType.Rsa2048 or TestKeyType.Rsa3072 or TestKeyType.Rsa4096;

    /// <summary>Generates a random key pair. Default: P-256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is undefined.</exception>
    public static TestKey Create(TestKeyType type = TestKeyType.P256)
    {
        using AsymmetricAlgorithm algorithm = type switch
        {
            TestKeyType.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            TestKeyType.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            TestKeyType.P521 => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            TestKeyType.Rsa1024 => RSA.Create(1024),
            TestKeyType.Rsa2048 => RSA.Create(2048),
            TestKeyType.Rsa3072 => RSA.Create(3072),
            TestKeyType.Rsa4096 => RSA.Create(4096),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The key type is undefined."),
        };
        return new(type, algorithm);
    }

    /// <summary>Reads a key pair from <see cref="PrivateKeyPem"/> or from the PEM of another program.</summary>
    /// <param name="pem">The private key in PEM, not encrypted: PKCS #8, PKCS #1 (RFC 8017) or an ECPrivateKey (RFC 5915).</param>
    /// <exception cref="ArgumentException">The text contains no unencrypted private key, or one of a type that <see cref="TestKeyType"/>
    /// does not define.</exception>
    public static TestKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using RSA rsa = RSA.Create();
        using ECDsa ecdsa = ECDsa.Create();
        if (TryImport(rsa, pem))
            return new(GetRsaType(rsa.KeySize), rsa);
        return TryImport(ecdsa, pem)
            ? new(GetCurveType(ecdsa.ExportParameters(includePrivateParameters: false).Curve), ecdsa)
            : throw new ArgumentException("The text contains no unencrypted RSA or EC private key.", nameof(pem));
    }

    /// <summary>Computes the key identifier of RFC 7093, 2, method 1: the leftmost 160 bits of the SHA-256 hash of the public
    /// key.</summary>
    internal byte[] ComputeKeyIdentifier()
    {
        AsnReader info = new AsnReader(_subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return SHA256.HashData(info.ReadBitString(out _))[..20];
    }

    internal byte[] Sign(byte[] data, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        if (IsRsa)
        {
            using RSA rsa = Import(RSA.Create());
            return rsa.SignData(data, hash, padding);
        }

        using ECDsa ecdsa = Import(ECDsa.Create());
        return ecdsa.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool TryImport(AsymmetricAlgorithm algorithm, string pem)
    {
        try
        {
            // ImportFromPem also accepts a public key.
            algorithm.ImportFromPem(pem);
            algorithm.ExportPkcs8PrivateKey();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static TestKeyType GetRsaType(int bits) => bits switch
    {
        1024 => TestKeyType.Rsa1024,
        2048 => TestKeyType.Rsa2048,
        3072 => TestKeyType.Rsa3072,
        4096 => TestKeyType.Rsa4096,
        _ => throw new ArgumentException($"An RSA key of {bits} bits is not supported."),
    };

    // A curve with explicit parameters has no OID.
    private static TestKeyType GetCurveType(ECCurve curve) => (curve.IsNamed ? curve.Oid.Value : null) switch
    {
        "1.2.840.10045.3.1.7" => TestKeyType.P256,
        "1.3.132.0.34" => TestKeyType.P384,
        "1.3.132.0.35" => TestKeyType.P521,
        null => throw new ArgumentException("An EC key with explicit curve parameters is not supported."),
        _ => throw new ArgumentException($"An EC key on the curve {curve.Oid.FriendlyName} is not supported."),
    };

    /// <summary>Copies the certificate with this private key. The caller disposes both.</summary>
    internal X509Certificate2 CopyWithPrivateKey(X509Certificate2 certificate)
    {
        if (IsRsa)
        {
            using RSA rsa = Import(RSA.Create());
            return certificate.CopyWithPrivateKey(rsa);
        }

        using ECDsa ecdsa = Import(ECDsa.Create());
        return certificate.CopyWithPrivateKey(ecdsa);
    }

    private T Import<T>(T algorithm)
        where T : AsymmetricAlgorithm
    {
        algorithm.ImportPkcs8PrivateKey(_pkcs8, out _);
        return algorithm;
    }
}

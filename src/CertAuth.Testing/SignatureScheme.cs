using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>The hash and padding of a signature, and the AlgorithmIdentifier that names them.</summary>
internal sealed class SignatureScheme
{
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string Mgf1 = "1.2.840.113549.1.1.8";

    private readonly TestKey _key;
    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding _padding;

    internal SignatureScheme(TestKey key, HashAlgorithmName? hash, RSASignaturePadding? padding)
    {
        if (padding is not null && !key.IsRsa)
            throw new ArgumentException("Only an RSA signature has a padding, and the signing key is an EC key. Set no padding.");

        _key = key;
        _hash = hash ?? GetDefaultHash(key.Type);
        _padding = padding ?? RSASignaturePadding.Pkcs1;
        AlgorithmIdentifier = CreateAlgorithmIdentifier();
    }

    internal byte[] AlgorithmIdentifier { get; }

    internal byte[] Sign(byte[] data) => _key.Sign(data, _hash, _padding);

    private static HashAlgorithmName GetDefaultHash(TestKeyType type) => type switch
    {
        TestKeyType.P384 => HashAlgorithmName.SHA384,
        TestKeyType.P521 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private byte[] CreateAlgorithmIdentifier()
    {
        // RFC 5758, 3.2: no parameters for ECDSA. RFC 4055, 5: NULL for RSA.
        if (!_key.IsRsa)
            return Tlv.Sequence(Tlv.Oid(GetEcdsaOid()));
        return _padding == RSASignaturePadding.Pss ? CreatePssIdentifier() : Tlv.Sequence(Tlv.Oid(GetRsaOid()), Tlv.Null());
    }

    // RFC 4055, 3.1: the hash, MGF1 with the same hash, and a salt as long as the hash.
    private byte[] CreatePssIdentifier()
    {
        (string oid, int length) = GetHashOid();
        byte[] hash = Tlv.Sequence(Tlv.Oid(oid), Tlv.Null());
        return Tlv.Sequence(Tlv.Oid(RsaPss), Tlv.Sequence(
            Tlv.Explicit(0, hash),
            Tlv.Explicit(1, Tlv.Sequence(Tlv.Oid(Mgf1), hash)),
            Tlv.Explicit(2, Tlv.Integer(length))));
    }

    private string GetEcdsaOid() => _hash.Name switch
    {
        "SHA1" => "1.2.840.10045.4.1",
        "SHA256" => "1.2.840.10045.4.3.2",
        "SHA384" => "1.2.840.10045.4.3.3",
        "SHA512" => "1.2.840.10045.4.3.4",
        _ => throw CreateUnsupportedException("ECDSA"),
    };

    private string GetRsaOid() => _hash.Name switch
    {
        "MD5" => "1.2.840.113549.1.1.4",
        "SHA1" => "1.2.840.113549.1.1.5",
        "SHA256" => "1.2.840.113549.1.1.11",
        "SHA384" => "1.2.840.113549.1.1.12",
        "SHA512" => "1.2.840.113549.1.1.13",
        _ => throw CreateUnsupportedException("RSA"),
    };

    private (string Oid, int Length) GetHashOid() => _hash.Name switch
    {
        "SHA1" => ("1.3.14.3.2.26", 20),
        "SHA256" => ("2.16.840.1.101.3.4.2.1", 32),
        "SHA384" => ("2.16.840.1.101.3.4.2.2", 48),
        "SHA512" => ("2.16.840.1.101.3.4.2.3", 64),
        _ => throw CreateUnsupportedException("RSA-PSS"),
    };

    private ArgumentException CreateUnsupportedException(string algorithm) =>
        new($"{algorithm} signatures with {_hash.Name} are not supported.");
}

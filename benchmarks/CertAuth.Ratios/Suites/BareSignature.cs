using System.Security.Cryptography;

namespace CertAuth.Ratios.Suites;

/// <summary>The baseline of a signed token: only the BCL's operation of its key, with imported keys. RSA with PSS, or ECDSA, with
/// SHA-256.</summary>
internal sealed class BareSignature
{
    private readonly RSA? _rsa, _rsaPublic;
    private readonly ECDsa? _ecdsa, _ecdsaPublic;
    private readonly byte[] _data, _hash, _signature;
    private readonly byte[] _buffer = new byte[512];

    /// <summary>Creates the baseline for a key and its signature.</summary>
    internal BareSignature(TestKey key, byte[] data, byte[] signature)
    {
        (_data, _hash, _signature) = (data, SHA256.HashData(data), signature);
        if (key.Type == TestKeyType.Rsa2048)
            (_rsa, _rsaPublic) = Import(key, RSA.Create);
        else
            (_ecdsa, _ecdsaPublic) = Import(key, ECDsa.Create);
    }

    internal bool Verify() => VerifyHash(_hash);

    /// <summary>Verifies including the hash, which every verifier must compute.</summary>
    internal bool HashAndVerify()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_data, hash);
        return VerifyHash(hash);
    }

    internal bool Sign() => SignHash(_hash);

    internal bool HashAndSign()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_data, hash);
        return SignHash(hash);
    }

    private static (T Pair, T PublicPart) Import<T>(TestKey key, Func<T> create)
        where T : AsymmetricAlgorithm
    {
        (T pair, T publicPart) = (create(), create());
        pair.ImportFromPem(key.PrivateKeyPem);
        publicPart.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        return (pair, publicPart);
    }

    private bool VerifyHash(ReadOnlySpan<byte> hash) => _rsaPublic is not null
        ? _rsaPublic.VerifyHash(hash, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
        : _ecdsaPublic!.VerifyHash(hash, _signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private bool SignHash(ReadOnlySpan<byte> hash) => _rsa is not null
        ? _rsa.SignHash(hash, _buffer, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) > 0
        : _ecdsa!.TrySignHash(hash, _buffer, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _);
}

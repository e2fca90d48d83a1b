using System.Security.Cryptography;
using CertAuth.Testing;

namespace CertAuth.Benchmarks;

/// <summary>The baseline of a signed token: only the BCL's operation of its key, with imported keys. RSA with PSS, or ECDSA, with
/// SHA-256.</summary>
public sealed class BareSignature : IDisposable
{
    private readonly RSA? _rsa, _rsaPublic;
    private readonly ECDsa? _ecdsa, _ecdsaPublic;
    private readonly byte[] _data, _hash, _signature;
    private readonly byte[] _buffer = new byte[512];

    /// <summary>Creates the baseline for a key and its signature.</summary>
    public BareSignature(TestKey key, byte[] data, byte[] signature)
    {
        (_data, _hash, _signature) = (data, SHA256.HashData(data), signature);
        if (key.Type == TestKeyType.Rsa2048)
            (_rsa, _rsaPublic) = Import(key, RSA.Create);
        else
            (_ecdsa, _ecdsaPublic) = Import(key, ECDsa.Create);
    }

    public bool Verify() => VerifyHash(_hash);

    /// <summary>Verifies including the hash, which every verifier must compute.</summary>
    public bool HashAndVerify()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_data, hash);
        return VerifyHash(hash);
    }

    public bool Sign() => SignHash(_hash);

    public bool HashAndSign()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_data, hash);
        return SignHash(hash);
    }

    public void Dispose()
    {
        foreach (AsymmetricAlgorithm? key in (AsymmetricAlgorithm?[])[_rsa, _rsaPublic, _ecdsa, _ecdsaPublic])
            key?.Dispose();
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

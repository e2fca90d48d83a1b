namespace CertAuth.Ratios.Suites;

/// <summary>The baseline of a signed token: only the BCL's operation of its key, with imported keys. RSA with PSS, or ECDSA, with
/// SHA-256.</summary>
internal sealed class BareSignature
{
    private readonly byte[] _data, _hash;
    private readonly Operation _verify, _sign;

    internal BareSignature(TestKey key, byte[] data, byte[] signature)
    {
        (_data, _hash) = (data, SHA256.HashData(data));
        byte[] buffer = new byte[512];
        if (key.Type == TestKeyType.Rsa2048)
        {
            (RSA pair, RSA publicPart) = Import(key, RSA.Create);
            _verify = hash => publicPart.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
            _sign = hash => pair.SignHash(hash, buffer, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) > 0;
        }
        else
        {
            const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;
            (ECDsa pair, ECDsa publicPart) = Import(key, ECDsa.Create);
            _verify = hash => publicPart.VerifyHash(hash, signature, Format);
            _sign = hash => pair.TrySignHash(hash, buffer, Format, out _);
        }
    }

    private delegate bool Operation(ReadOnlySpan<byte> hash);

    internal bool Verify() => _verify(_hash);

    /// <summary>Verifies including the hash, which every verifier must compute.</summary>
    internal bool HashAndVerify() => Hash(_verify);

    internal bool Sign() => _sign(_hash);

    internal bool HashAndSign() => Hash(_sign);

    private bool Hash(Operation operation)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_data, hash);
        return operation(hash);
    }

    private static (T Pair, T PublicPart) Import<T>(TestKey key, Func<T> create)
        where T : AsymmetricAlgorithm
    {
        (T pair, T publicPart) = (create(), create());
        pair.ImportFromPem(key.PrivateKeyPem);
        publicPart.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        return (pair, publicPart);
    }
}

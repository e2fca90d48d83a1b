using System.Security.Cryptography;

namespace CertAuth.Signing;

/// <summary>One public key of a set, with which token signatures are verified.</summary>
/// <remarks>Safe for concurrent use: the key is never changed, and the BCL's verification only reads it. Its handle ends with the last reader.</remarks>
internal sealed class TokenKey
{
    // An RSA key is imported when it is first used, so that a thousand load fast; a curve's point was checked by importing it.
    private readonly Lazy<RSA>? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly string? _curve;

    internal TokenKey(byte[] keyId, RSAParameters rsa, SignatureAlgorithm own)
        : this(keyId, own) => _rsa = new(() => RSA.Create(rsa), LazyThreadSafetyMode.ExecutionAndPublication);

    internal TokenKey(byte[] keyId, ECDsa ecdsa, string curve, SignatureAlgorithm own)
        : this(keyId, own) => (_ecdsa, _curve) = (ecdsa, curve);

    private TokenKey(byte[] keyId, SignatureAlgorithm own)
    {
        KeyId = keyId;
        OwnAlgorithm = own;
    }

    /// <summary>The <c>kid</c>, as UTF-8.</summary>
    internal byte[] KeyId { get; }

    /// <summary>The one algorithm that the key is for; None where it doesn't say.</summary>
    internal SignatureAlgorithm OwnAlgorithm { get; }

    /// <summary>Whether an algorithm fits the key's type and curve, and equals the key's own where it has one.</summary>
    internal bool Fits(AlgorithmFacts algorithm) => (OwnAlgorithm == SignatureAlgorithm.None || OwnAlgorithm == algorithm.Algorithm)
        && (algorithm.Padding is null ? _curve == algorithm.Curve : _rsa is not null);

    /// <summary>Whether this key made the signature. The algorithm must fit.</summary>
    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, AlgorithmFacts algorithm) =>
        SignatureKey.Verifies(data, signature, algorithm, _rsa?.Value, _ecdsa);
}

using System.Security.Cryptography;

namespace CertAuth.Signing;

/// <summary>One public key of a set, with which token signatures are verified.</summary>
/// <remarks>Safe for concurrent use: the key is never changed, and the BCL's verification only reads it. Its handle ends with the last reader.</remarks>
internal sealed class TokenKey
{
    // Imported when it is first used, so that a set of thousands loads fast. Null where the platform cannot import it.
    private readonly Lazy<AsymmetricAlgorithm?> _key;
    private readonly string? _curve;

    /// <summary>An RSA key; its numbers have been checked.</summary>
    internal TokenKey(byte[] keyId, RSAParameters rsa, SignatureAlgorithm algorithm)
        : this(keyId, () => RSA.Create(rsa), null, algorithm)
    {
    }

    /// <summary>A key on a curve; its point has been checked to be on it.</summary>
    internal TokenKey(byte[] keyId, ECParameters point, string curve, SignatureAlgorithm algorithm)
        : this(keyId, () => ECDsa.Create(point), curve, algorithm)
    {
    }

    private TokenKey(byte[] keyId, Func<AsymmetricAlgorithm> import, string? curve, SignatureAlgorithm algorithm)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        _curve = curve;
        _key = new(() => TryImport(import), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The <c>kid</c>, as UTF-8.</summary>
    internal byte[] KeyId { get; }

    /// <summary>The one algorithm that the key is for; None where it doesn't say.</summary>
    internal SignatureAlgorithm Algorithm { get; }

    /// <summary>Whether an algorithm fits the key's type and curve, and equals the key's own where it has one.</summary>
    internal bool Supports(SignatureAlgorithmInfo algorithm) => (Algorithm == SignatureAlgorithm.None || Algorithm == algorithm.Algorithm)
        && _curve == algorithm.Curve;

    /// <summary>Whether the key was used, and so imported.</summary>
    internal bool IsImported => _key.IsValueCreated;

    /// <summary>Whether this key made the signature. The algorithm must fit.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithmInfo algorithm) =>
        _key.Value is { } key && SignatureKey.Verify(data, signature, algorithm, key as RSA, key as ECDsa);

    private static AsymmetricAlgorithm? TryImport(Func<AsymmetricAlgorithm> import)
    {
        try
        {
            return import();
        }
        catch (CryptographicException)
        {
            // No signature verifies with it.
            return null;
        }
    }
}

using System.Security.Cryptography;

namespace CertAuth.Signing;

/// <summary>A public key of a JWK set, with which token signatures are verified.</summary>
/// <remarks>Safe for concurrent use: the key never changes, and the base library only reads it. Its handle is released when the key is no
/// longer referenced.</remarks>
internal sealed class TokenKey
{
    // Imported at its first use, so that a set of thousands of keys loads fast. Null if the platform cannot import it.
    private readonly Lazy<AsymmetricAlgorithm?> _key;
    private readonly string? _curve;

    /// <summary>Initializes an RSA key. The caller has validated its parameters.</summary>
    internal TokenKey(byte[] keyId, RSAParameters rsa, SignatureAlgorithm algorithm)
        : this(keyId, () => RSA.Create(rsa), null, algorithm)
    {
    }

    /// <summary>Initializes an EC key. The caller has validated that the point is on the curve.</summary>
    internal TokenKey(byte[] keyId, ECParameters point, string curve, SignatureAlgorithm algorithm)
        : this(keyId, () => ECDsa.Create(point), curve, algorithm)
    {
    }

    private TokenKey(byte[] keyId, Func<AsymmetricAlgorithm> import, string? curve, SignatureAlgorithm algorithm)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        _curve = curve;
        _key = new(() => ImportOrNull(import), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Gets the <c>kid</c> in UTF-8.</summary>
    internal byte[] KeyId { get; }

    /// <summary>Gets the only algorithm that the key allows; <see cref="SignatureAlgorithm.None"/> if it has no <c>alg</c>, and allows each
    /// algorithm that fits its type and curve.</summary>
    internal SignatureAlgorithm Algorithm { get; }

    /// <summary>Returns whether an algorithm fits the type and curve of the key, and equals its <c>alg</c> if it has one.</summary>
    internal bool Supports(JwsAlgorithm algorithm) => (Algorithm == SignatureAlgorithm.None || Algorithm == algorithm.Algorithm)
        && _curve == algorithm.Curve;

    /// <summary>Gets a value that indicates whether the key was imported, which happens at its first use.</summary>
    internal bool IsImported => _key.IsValueCreated;

    /// <summary>Returns whether this key made the signature. The key must support the algorithm.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, JwsAlgorithm algorithm) =>
        _key.Value is { } key && SignatureKey.Verify(data, signature, algorithm, key as RSA, key as ECDsa);

    private static AsymmetricAlgorithm? ImportOrNull(Func<AsymmetricAlgorithm> import)
    {
        try
        {
            return import();
        }
        catch (CryptographicException)
        {
            // Verify returns false for every signature.
            return null;
        }
    }
}

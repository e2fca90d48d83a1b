using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>A public key of a JWK set, with which token signatures are verified.</summary>
/// <remarks>Safe for concurrent use: the key never changes, and the base library only reads it. Its handle is released when the key is no
/// longer referenced.</remarks>
internal sealed class TokenKey
{
    // Imported at its first use, so that a set of thousands of keys loads fast. Null if the platform cannot import it.
    private readonly Lazy<VerificationKey?> _key;
    private readonly PublicKeyKind _kind;
    private readonly NamedCurve? _curve;

    /// <summary>Initializes a key.</summary>
    /// <param name="keyId">The <c>kid</c> in UTF-8.</param>
    /// <param name="kind">The kind of key.</param>
    /// <param name="curve">The curve of an EC key; otherwise, null.</param>
    /// <param name="algorithm">The <c>alg</c>; <see cref="SignatureAlgorithm.None"/> if it is absent.</param>
    /// <param name="import">Imports the key, which the caller has validated. Returns null if the platform cannot import it.</param>
    internal TokenKey(
        byte[] keyId, PublicKeyKind kind, NamedCurve? curve, SignatureAlgorithm algorithm, Func<VerificationKey?> import)
    {
        (KeyId, _kind, _curve, Algorithm) = (keyId, kind, curve, algorithm);
        _key = new(import, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Gets the <c>kid</c> in UTF-8.</summary>
    internal byte[] KeyId { get; }

    /// <summary>Gets the only algorithm that the key allows; <see cref="SignatureAlgorithm.None"/> if it has no <c>alg</c>, and allows each
    /// algorithm that fits its type and curve.</summary>
    internal SignatureAlgorithm Algorithm { get; }

    /// <summary>Returns whether an algorithm fits the type and curve of the key, and equals its <c>alg</c> if it has one.</summary>
    internal bool Supports(SignatureScheme scheme) =>
        (Algorithm == SignatureAlgorithm.None || Algorithm == scheme.Algorithm) && _kind == scheme.Key && _curve == scheme.Curve;

    /// <summary>Gets a value that indicates whether the key was imported, which happens at its first use.</summary>
    internal bool IsImported => _key.IsValueCreated;

    /// <summary>Returns whether this key made the signature. The key must support the algorithm.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        _key.Value?.VerifyToken(data, signature, scheme) == true;
}

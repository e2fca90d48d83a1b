using System.Security.Cryptography;
using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>A public key of a JWK set, with which token signatures are verified.</summary>
/// <remarks>Safe for concurrent use: the key never changes, and the base library only reads it. Its handle is released when the key is no
/// longer referenced.</remarks>
internal sealed class TokenKey
{
    // Imported at its first use, so that a set of thousands of keys loads fast. Null if the platform cannot import it.
    private readonly Lazy<VerificationKey?> _key;
    private readonly NamedCurve? _curve;

    /// <summary>Initializes an RSA key. The caller has validated its parameters.</summary>
    internal TokenKey(byte[] keyId, RSAParameters rsa, SignatureAlgorithm algorithm)
        : this(keyId, () => VerificationKey.ImportOrNull(rsa), null, algorithm)
    {
    }

    /// <summary>Initializes an EC key. The caller has validated that the point is on the curve.</summary>
    internal TokenKey(byte[] keyId, NamedCurve curve, ECPoint point, SignatureAlgorithm algorithm)
        : this(keyId, () => VerificationKey.ImportOrNull(new ECParameters { Curve = curve.Curve, Q = point }), curve, algorithm)
    {
    }

    private TokenKey(byte[] keyId, Func<VerificationKey?> import, NamedCurve? curve, SignatureAlgorithm algorithm)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        _curve = curve;
        _key = new(import, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Gets the <c>kid</c> in UTF-8.</summary>
    internal byte[] KeyId { get; }

    /// <summary>Gets the only algorithm that the key allows; <see cref="SignatureAlgorithm.None"/> if it has no <c>alg</c>, and allows each
    /// algorithm that fits its type and curve.</summary>
    internal SignatureAlgorithm Algorithm { get; }

    /// <summary>Returns whether an algorithm fits the type and curve of the key, and equals its <c>alg</c> if it has one.</summary>
    internal bool Supports(SignatureScheme scheme) =>
        (Algorithm == SignatureAlgorithm.None || Algorithm == scheme.Algorithm) && _curve == scheme.Curve;

    /// <summary>Gets a value that indicates whether the key was imported, which happens at its first use.</summary>
    internal bool IsImported => _key.IsValueCreated;

    /// <summary>Returns whether this key made the signature. The key must support the algorithm.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        _key.Value?.VerifyToken(data, signature, scheme) == true;
}

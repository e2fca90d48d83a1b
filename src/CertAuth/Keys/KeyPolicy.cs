using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Keys;

/// <summary>Which public keys and which hashes are accepted, and the words of messages that say so.</summary>
internal static class KeyPolicy
{
    /// <summary>The keys that sign and verify, for a sentence that begins with "Use".</summary>
    internal const string UsableKeys = "RSA with 2048 to 8192 bits, P-256, P-384 or P-521";

    /// <summary>The keys of signers, as the required value of a rejection.</summary>
    internal const string RequiredSignerKey = "an RSA key of at least 2048 bits, or a key on P-256, P-384 or P-521";

    /// <summary>The signatures that are verified, as the required value of a rejection.</summary>
    internal const string RequiredSignature = "a signature with RSA or ECDSA";

    /// <summary>The types of the keys of a JWK set, to follow the word "neither".</summary>
    internal const string UsableJwkTypes = "an RSA key nor an EC key on P-256, P-384 or P-521";

    /// <summary>The key type of Edwards-curve keys in a JWK set (RFC 8037), to follow the word "has".</summary>
    internal const string UnsupportedOkp = "the key type OKP, for example Ed25519, which is not supported";

    /// <summary>Returns the keys of certificates, as the required value of a rejection.</summary>
    internal static string DescribeCertificateKeys(WeakAlgorithms allowed) =>
        $"an RSA key of at least {GetMinRsaBits(allowed)} bits, an EC key on P-256, P-384 or P-521, or an EdDSA key";

    /// <summary>Returns whether a key can verify signatures. The minimum size is not checked.</summary>
    /// <param name="key">The kind and size of the key.</param>
    /// <param name="rsaExponent">The public exponent of an RSA key; 0 if it has more than 32 bits.</param>
    // The exponent of an RSA key is odd and not 1. An exponent of more than 32 bits, read as 0, or a huge modulus only makes verification
    // slow.
    internal static bool CanVerify(PublicKeyInfo key, uint rsaExponent) => key.Kind switch
    {
        PublicKeyKind.Rsa => key.Bits <= KeyBounds.MaxRsaBits && rsaExponent >= 3 && rsaExponent % 2 == 1,
        PublicKeyKind.Ec => key.Curve is not null,
        _ => false,
    };

    /// <summary>Returns whether a key can verify signatures and is strong.</summary>
    /// <param name="subjectPublicKeyInfo">The key, tag and length included.</param>
    /// <param name="allowed">The weak algorithms that are allowed.</param>
    internal static bool IsUsable(ReadOnlySpan<byte> subjectPublicKeyInfo, WeakAlgorithms allowed = WeakAlgorithms.None)
    {
        PublicKeyInfo key = PublicKeyInfo.Read(subjectPublicKeyInfo, out uint rsaExponent);
        return CanVerify(key, rsaExponent) && (key.Kind != PublicKeyKind.Rsa || key.Bits >= GetMinRsaBits(allowed));
    }

    /// <summary>Returns whether an RSA key of a JWK set is strong: sizes within the bounds, odd numbers, and no known factors.</summary>
    internal static bool IsStrongRsa(BigInteger modulus, BigInteger exponent) =>
        modulus.GetBitLength() is >= KeyBounds.MinRsaBits and <= KeyBounds.MaxRsaBits && !modulus.IsEven
        && !exponent.IsEven && exponent >= KeyBounds.MinJwkExponent && exponent <= uint.MaxValue
        && !RocaFingerprint.Matches(modulus);

    /// <summary>Returns whether the hash of a signature is strong or explicitly allowed.</summary>
    internal static bool IsStrong(SignatureScheme? scheme, WeakAlgorithms allowed)
    {
        WeakAlgorithms weak = scheme?.Hash == HashAlgorithmName.MD5 ? WeakAlgorithms.Md5Signatures
            : scheme?.Hash == HashAlgorithmName.SHA1 ? WeakAlgorithms.Sha1Signatures
            : WeakAlgorithms.None;
        return (weak & ~allowed) == 0;
    }

    private static int GetMinRsaBits(WeakAlgorithms allowed) =>
        allowed.HasFlag(WeakAlgorithms.Rsa1024Keys) ? KeyBounds.MinWeakRsaBits : KeyBounds.MinRsaBits;
}

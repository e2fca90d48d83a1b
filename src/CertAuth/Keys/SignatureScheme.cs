using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Signing;

namespace CertAuth.Keys;

/// <summary>A signature algorithm of certificates and of JSON Web Tokens.</summary>
/// <remarks>Immutable; safe for concurrent use. Two schemes are equal only if they are the same object.</remarks>
internal sealed class SignatureScheme
{
    /// <summary>The length of the longest hash in bytes.</summary>
    internal const int MaxHashBytes = SHA512.HashSizeInBytes;

    // Certificates: RFC 3279, 2.2; RFC 4055, 5; RFC 5758, 3; RFC 8410, 3. Tokens: RFC 7518, 3.1.
    private static readonly ImmutableArray<SignatureScheme> s_all =
    [
        CreatePkcs1(SignatureOids.RsaSha256, HashAlgorithmName.SHA256, SignatureAlgorithm.RS256),
        CreatePkcs1(SignatureOids.RsaSha384, HashAlgorithmName.SHA384, SignatureAlgorithm.RS384),
        CreatePkcs1(SignatureOids.RsaSha512, HashAlgorithmName.SHA512, SignatureAlgorithm.RS512),
        CreatePss(HashAlgorithmName.SHA256, SHA256.HashSizeInBytes, SignatureAlgorithm.PS256),
        CreatePss(HashAlgorithmName.SHA384, SHA384.HashSizeInBytes, SignatureAlgorithm.PS384),
        CreatePss(HashAlgorithmName.SHA512, SHA512.HashSizeInBytes, SignatureAlgorithm.PS512),
        CreateEcdsa(SignatureOids.EcdsaSha256, HashAlgorithmName.SHA256, SignatureAlgorithm.ES256, NamedCurve.P256),
        CreateEcdsa(SignatureOids.EcdsaSha384, HashAlgorithmName.SHA384, SignatureAlgorithm.ES384, NamedCurve.P384),
        CreateEcdsa(SignatureOids.EcdsaSha512, HashAlgorithmName.SHA512, SignatureAlgorithm.ES512, NamedCurve.P521),

        // Not for tokens. Their hash is weak.
        CreatePkcs1(SignatureOids.RsaMd5, HashAlgorithmName.MD5),
        CreatePkcs1(SignatureOids.RsaSha1, HashAlgorithmName.SHA1),
        CreatePss(HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
        CreateEcdsa(SignatureOids.EcdsaSha1, HashAlgorithmName.SHA1),

        // Not verified: these have only a name. EdDSA signs the message itself.
        CreateNamed("RSA", SignatureOids.RsaMd2, HashAlgorithms.Md2),
        CreateNamed("RSA", SignatureOids.RsaSha224, HashAlgorithms.Sha224),
        CreateNamed("ECDSA", SignatureOids.EcdsaSha224, HashAlgorithms.Sha224),
        CreateNamed("DSA", SignatureOids.DsaSha1, HashAlgorithmName.SHA1),
        CreateNamed("DSA", SignatureOids.DsaSha224, HashAlgorithms.Sha224),
        CreateNamed("DSA", SignatureOids.DsaSha256, HashAlgorithmName.SHA256),
        CreateNamed("Ed25519", KeyOids.Ed25519, default),
        CreateNamed("Ed448", KeyOids.Ed448, default),
    ];

    private readonly byte[] _oid;

    private SignatureScheme(string family, ReadOnlySpan<byte> oid, HashAlgorithmName hash, SignatureAlgorithm algorithm)
    {
        (Family, _oid, Hash, Algorithm) = (family, oid.ToArray(), hash, algorithm);
        Name = algorithm.ToString();
    }

    /// <summary>Gets the algorithms of tokens, in the order of <see cref="SignatureAlgorithm"/>.</summary>
    internal static ImmutableArray<SignatureAlgorithm> TokenAlgorithms { get; } =
        [.. s_all.Select(scheme => scheme.Algorithm).Where(algorithm => algorithm != SignatureAlgorithm.None)];

    /// <summary>Gets the name without the hash, such as <c>RSA-PSS</c>.</summary>
    internal string Family { get; }

    /// <summary>Gets the kind of key; <see cref="PublicKeyKind.Unknown"/> if signatures of this scheme are not verified.</summary>
    internal PublicKeyKind Key { get; private init; }

    /// <summary>Gets the hash algorithm. Its name is null if the scheme has none.</summary>
    internal HashAlgorithmName Hash { get; }

    /// <summary>Gets the padding of an RSA signature; otherwise, null.</summary>
    internal RSASignaturePadding? Padding { get; private init; }

    /// <summary>Gets the length of the salt of an RSA-PSS signature in bytes; otherwise, 0.</summary>
    internal int SaltBytes { get; private init; }

    /// <summary>Gets the algorithm of tokens; <see cref="SignatureAlgorithm.None"/> if the scheme is only for certificates.</summary>
    internal SignatureAlgorithm Algorithm { get; }

    /// <summary>Gets the value of <c>alg</c>, case-sensitive.</summary>
    internal string Name { get; }

    /// <summary>Gets the curve of the keys that sign tokens with ECDSA; otherwise, null. In certificates, each hash is used with each
    /// curve.</summary>
    internal NamedCurve? Curve { get; private init; }

    /// <summary>Finds a scheme of certificates by the DER content of its object identifier; null if there is none. RSA-PSS has one object
    /// identifier for all hashes, so any of its schemes is returned.</summary>
    internal static SignatureScheme? FindByOid(ReadOnlySpan<byte> oid)
    {
        foreach (SignatureScheme scheme in s_all)
        {
            if (oid.SequenceEqual(scheme._oid))
                return scheme;
        }

        return null;
    }

    /// <summary>Finds the RSA-PSS scheme with a hash and a salt of a given length; null if there is none.</summary>
    internal static SignatureScheme? FindPss(HashAlgorithmName hash, int saltBytes)
    {
        foreach (SignatureScheme scheme in s_all)
        {
            if (scheme.Padding == RSASignaturePadding.Pss && scheme.Hash == hash && scheme.SaltBytes == saltBytes)
                return scheme;
        }

        return null;
    }

    /// <summary>Finds a scheme of tokens by its exact name. Returns null for every other name, including <c>none</c> and
    /// <c>HS256</c>.</summary>
    internal static SignatureScheme? FindByName(ReadOnlySpan<byte> name)
    {
        foreach (SignatureScheme scheme in s_all)
        {
            if (scheme.Algorithm != SignatureAlgorithm.None && Ascii.Equals(name, scheme.Name))
                return scheme;
        }

        return null;
    }

    /// <summary>Returns the scheme of an algorithm, which must not be <see cref="SignatureAlgorithm.None"/>.</summary>
    internal static SignatureScheme Get(SignatureAlgorithm algorithm) => s_all.First(scheme => scheme.Algorithm == algorithm);

    /// <summary>Returns the scheme that a usable key determines: RSASSA-PSS with SHA-256 and a salt of the length of the hash (RFC 8017,
    /// 8.1) for every RSA key, or ECDSA with the hash that RFC 7518, 3.4 assigns to the curve.</summary>
    internal static SignatureScheme GetFor(PublicKeyInfo key) => key.Kind == PublicKeyKind.Rsa
        ? Get(SignatureAlgorithm.PS256)
        : s_all.FirstOrDefault(scheme => scheme.Curve is not null && scheme.Curve.Name == key.Curve)
            ?? throw new ArgumentException("No algorithm is defined for the key.", nameof(key));

    /// <summary>Writes the hash of data to the start of a buffer of at least <see cref="MaxHashBytes"/>, and returns that part of
    /// it.</summary>
    internal ReadOnlySpan<byte> HashData(ReadOnlySpan<byte> data, Span<byte> destination) =>
        destination[..CryptographicOperations.HashData(Hash, data, destination)];

    private static SignatureScheme CreatePkcs1(ReadOnlySpan<byte> oid, HashAlgorithmName hash, SignatureAlgorithm algorithm = default) =>
        new("RSA", oid, hash, algorithm) { Key = PublicKeyKind.Rsa, Padding = RSASignaturePadding.Pkcs1 };

    // The base library uses a salt as long as the hash.
    private static SignatureScheme CreatePss(HashAlgorithmName hash, int hashBytes, SignatureAlgorithm algorithm = default) =>
        new("RSA-PSS", SignatureOids.RsaPss, hash, algorithm)
        {
            Key = PublicKeyKind.Rsa,
            Padding = RSASignaturePadding.Pss,
            SaltBytes = hashBytes,
        };

    private static SignatureScheme CreateEcdsa(
        ReadOnlySpan<byte> oid, HashAlgorithmName hash, SignatureAlgorithm algorithm = default, NamedCurve? curve = null) =>
        new("ECDSA", oid, hash, algorithm) { Key = PublicKeyKind.Ec, Curve = curve };

    private static SignatureScheme CreateNamed(string family, ReadOnlySpan<byte> oid, HashAlgorithmName hash) =>
        new(family, oid, hash, SignatureAlgorithm.None);
}

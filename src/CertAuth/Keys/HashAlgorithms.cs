using System.Security.Cryptography;
using CertAuth.Der;

namespace CertAuth.Keys;

/// <summary>The hash algorithms of signatures.</summary>
internal static class HashAlgorithms
{
    internal static readonly HashAlgorithmName Md2 = new("MD2");
    internal static readonly HashAlgorithmName Sha224 = new("SHA224");

    /// <summary>Finds a hash algorithm by the DER content of its object identifier; the default value if there is none.</summary>
    internal static HashAlgorithmName Find(ReadOnlySpan<byte> oid) =>
        oid.SequenceEqual(HashOids.Sha256) ? HashAlgorithmName.SHA256
        : oid.SequenceEqual(HashOids.Sha384) ? HashAlgorithmName.SHA384
        : oid.SequenceEqual(HashOids.Sha512) ? HashAlgorithmName.SHA512
        : oid.SequenceEqual(HashOids.Sha1) ? HashAlgorithmName.SHA1
        : oid.SequenceEqual(HashOids.Sha224) ? Sha224
        : oid.SequenceEqual(HashOids.Md5) ? HashAlgorithmName.MD5
        : default;
}

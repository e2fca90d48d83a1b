using System.Collections.Frozen;
using System.Security.Cryptography;
using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>The algorithm with which a certificate is signed, as the certificate states it. The signature is not verified.</summary>
/// <remarks>The default value is a malformed algorithm. Equal if all properties are equal.</remarks>
public readonly record struct SignatureAlgorithmInfo
{
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Sha1 = "1.3.14.3.2.26";
    private const string Malformed = "malformed algorithm";

    private static readonly HashAlgorithmName s_md2 = new("MD2");
    private static readonly HashAlgorithmName s_sha224 = new("SHA224");

    // RFC 3279, 2.2; RFC 4055, 5; RFC 5758, 3; RFC 8410, 3. EdDSA signs the message itself.
    private static readonly FrozenDictionary<string, (string Family, HashAlgorithmName Hash)> s_algorithms =
        new Dictionary<string, (string Family, HashAlgorithmName Hash)>
        {
            ["1.2.840.113549.1.1.2"] = ("RSA", s_md2),
            ["1.2.840.113549.1.1.4"] = ("RSA", HashAlgorithmName.MD5),
            ["1.2.840.113549.1.1.5"] = ("RSA", HashAlgorithmName.SHA1),
            [RsaPss] = ("RSA-PSS", default),
            ["1.2.840.113549.1.1.11"] = ("RSA", HashAlgorithmName.SHA256),
            ["1.2.840.113549.1.1.12"] = ("RSA", HashAlgorithmName.SHA384),
            ["1.2.840.113549.1.1.13"] = ("RSA", HashAlgorithmName.SHA512),
            ["1.2.840.113549.1.1.14"] = ("RSA", s_sha224),
            ["1.2.840.10045.4.1"] = ("ECDSA", HashAlgorithmName.SHA1),
            ["1.2.840.10045.4.3.1"] = ("ECDSA", s_sha224),
            ["1.2.840.10045.4.3.2"] = ("ECDSA", HashAlgorithmName.SHA256),
            ["1.2.840.10045.4.3.3"] = ("ECDSA", HashAlgorithmName.SHA384),
            ["1.2.840.10045.4.3.4"] = ("ECDSA", HashAlgorithmName.SHA512),
            ["1.2.840.10040.4.3"] = ("DSA", HashAlgorithmName.SHA1),
            ["2.16.840.1.101.3.4.3.1"] = ("DSA", s_sha224),
            ["2.16.840.1.101.3.4.3.2"] = ("DSA", HashAlgorithmName.SHA256),
            ["1.3.101.112"] = ("Ed25519", default),
            ["1.3.101.113"] = ("Ed448", default),
        }.ToFrozenDictionary();

    // RFC 3279, 2.1; RFC 4055, 2.1.
    private static readonly FrozenDictionary<string, HashAlgorithmName> s_hashes = new Dictionary<string, HashAlgorithmName>
    {
        ["1.2.840.113549.2.5"] = HashAlgorithmName.MD5,
        [Sha1] = HashAlgorithmName.SHA1,
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
        ["2.16.840.1.101.3.4.2.4"] = s_sha224,
    }.ToFrozenDictionary();

    private readonly string? _name;

    private SignatureAlgorithmInfo(string oid, string name, HashAlgorithmName hash)
    {
        Oid = oid;
        _name = name;
        Hash = hash;
    }

    /// <summary>Gets the object identifier of the algorithm in dotted decimal, or null if the algorithm is malformed.</summary>
    public string? Oid { get; }

    /// <summary>Gets the hash algorithm. Its name is null if the signature algorithm has none, such as Ed25519, or is unknown to this
    /// library.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>Gets a value that indicates whether the signature is made with MD2, MD5 or SHA-1, for which collisions can be
    /// computed.</summary>
    public bool HasWeakHash => Hash == s_md2 || Hash == HashAlgorithmName.MD5 || Hash == HashAlgorithmName.SHA1;

    /// <summary>Returns the name of the algorithm, such as <c>RSA with SHA-256</c>. Returns its object identifier if the algorithm is
    /// unknown to this library, and <c>malformed algorithm</c> if it is malformed.</summary>
    public override string ToString() => _name ?? Malformed;

    /// <summary>Reads an AlgorithmIdentifier (RFC 5280, 4.1.1.2), tag and length included.</summary>
    internal static SignatureAlgorithmInfo Read(ReadOnlySpan<byte> algorithmIdentifier)
    {
        DerReader outer = new(algorithmIdentifier);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> content) || !DerOid.IsValid(content))
            return default;

        string oid = DerOid.Format(content);
        if (!s_algorithms.TryGetValue(oid, out (string Family, HashAlgorithmName Hash) algorithm))
            return new(oid, oid, default);
        if (oid == RsaPss && !parts.IsEmpty)
            return ReadPss(parts.Rest);
        return new(oid, Join(algorithm.Family, FormatHash(algorithm.Hash)), algorithm.Hash);
    }

    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier, … } (RFC 4055, 3.1)
    private static SignatureAlgorithmInfo ReadPss(ReadOnlySpan<byte> parameters)
    {
        DerReader outer = new(parameters);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body))
            return default;

        string oid = Sha1;
        DerReader parts = new(body);
        if (parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped))
        {
            DerReader identifier = new(wrapped);
            identifier.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> algorithm);
            DerReader content = new(algorithm);
            if (!content.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> hashOid) || !DerOid.IsValid(hashOid))
                return default;
            oid = DerOid.Format(hashOid);
        }

        HashAlgorithmName hash = s_hashes.GetValueOrDefault(oid);
        return new(RsaPss, Join("RSA-PSS", FormatHash(hash) ?? oid), hash);
    }

    private static string Join(string family, string? hash) => hash is null ? family : $"{family} with {hash}";

    // "SHA256" is written "SHA-256" (FIPS 180-4).
    private static string? FormatHash(HashAlgorithmName hash) => hash.Name?.Replace("SHA", "SHA-", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using CertAuth.Der;
using CertAuth.Keys;

namespace CertAuth.Certificates;

/// <summary>The algorithm with which a certificate is signed, as the certificate states it. The signature is not verified.</summary>
/// <remarks>The default value is a malformed algorithm. Equal if all properties are equal.</remarks>
public readonly record struct SignatureAlgorithmInfo
{
    private const string Malformed = "malformed algorithm";

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
    public bool HasWeakHash => Hash == HashAlgorithms.Md2 || Hash == HashAlgorithmName.MD5 || Hash == HashAlgorithmName.SHA1;

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
        if (SignatureScheme.FindByOid(content) is not { } scheme)
            return new(oid, oid, default);
        if (scheme.Padding != RSASignaturePadding.Pss)
            return new(oid, Join(scheme.Family, FormatHash(scheme.Hash)), scheme.Hash);
        return parts.IsEmpty ? new(oid, scheme.Family, default) : ReadPss(oid, scheme.Family, parts.Rest);
    }

    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier, … } (RFC 4055, 3.1)
    private static SignatureAlgorithmInfo ReadPss(string algorithmOid, string family, ReadOnlySpan<byte> parameters)
    {
        DerReader outer = new(parameters);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body))
            return default;

        ReadOnlySpan<byte> oid = HashOids.Sha1;
        DerReader parts = new(body);
        if (parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped))
        {
            DerReader identifier = new(wrapped);
            identifier.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> algorithm);
            DerReader content = new(algorithm);
            if (!content.TryRead(DerTag.ObjectIdentifier, out oid) || !DerOid.IsValid(oid))
                return default;
        }

        HashAlgorithmName hash = HashAlgorithms.Find(oid);
        return new(algorithmOid, Join(family, FormatHash(hash) ?? DerOid.Format(oid)), hash);
    }

    private static string Join(string family, string? hash) => hash is null ? family : $"{family} with {hash}";

    // "SHA256" is written "SHA-256" (FIPS 180-4).
    private static string? FormatHash(HashAlgorithmName hash) => hash.Name?.Replace("SHA", "SHA-", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads RSASSA-PSS-params (RFC 4055, 3.1). Parameters are supported if the mask uses the same hash and the salt is as long as the
/// hash.</summary>
internal static class PssParameters
{
    // RSASSA-PSS-params ::= SEQUENCE { [0] hash DEFAULT sha1, [1] mask DEFAULT mgf1SHA1, [2] salt DEFAULT 20, [3] trailer DEFAULT 1 }
    internal static SignatureScheme Read(ReadOnlySpan<byte> parameters)
    {
        DerReader outer = new(parameters);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return default;

        DerReader parts = new(body);
        HashAlgorithmName hash = HashAlgorithmName.SHA1;
        if (parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> hashField))
            hash = ReadHash(hashField);

        HashAlgorithmName maskHash = HashAlgorithmName.SHA1;
        if (parts.TryRead(DerTag.ContextConstructed(1), out ReadOnlySpan<byte> maskField))
            maskHash = ReadMask(maskField);

        int saltLength = 20;
        if (parts.TryRead(DerTag.ContextConstructed(2), out ReadOnlySpan<byte> saltField))
        {
            DerReader salt = new(saltField);
            if (!salt.TryRead(DerTag.Integer, out ReadOnlySpan<byte> length) || !salt.IsEmpty
                || !DerInteger.TryReadSmall(length, out saltLength))
            {
                return default;
            }
        }

        // The base library verifies only signatures with a salt as long as the hash. The trailer has one value, which DER omits.
        bool isSupported = parts.IsEmpty && hash.Name is not null && hash == maskHash && saltLength == GetHashLength(hash);
        return isSupported ? new(PublicKeyKind.Rsa, hash, RSASignaturePadding.Pss) : default;
    }

    // Reads the AlgorithmIdentifier of a hash. Its parameters must be NULL or absent.
    private static HashAlgorithmName ReadHash(ReadOnlySpan<byte> field)
    {
        DerReader outer = new(field);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return default;

        DerReader parts = new(body);
        parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid);
        if (body[parts.Position..] is not ([] or [DerTag.Null, 0]))
            return default;
        return oid switch
        {
            [0x2B, 0x0E, 3, 2, 26] => HashAlgorithmName.SHA1,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1] => HashAlgorithmName.SHA256,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2] => HashAlgorithmName.SHA384,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3] => HashAlgorithmName.SHA512,
            _ => default,
        };
    }

    // Reads the hash of id-mgf1 (1.2.840.113549.1.1.8), whose parameters are the AlgorithmIdentifier of a hash.
    private static HashAlgorithmName ReadMask(ReadOnlySpan<byte> field)
    {
        DerReader outer = new(field);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return default;

        DerReader parts = new(body);
        bool isMgf1 = parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid)
            && oid.SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8]);
        return isMgf1 ? ReadHash(body[parts.Position..]) : default;
    }

    private static int GetHashLength(HashAlgorithmName hash) => hash.Name switch
    {
        "SHA1" => 20,
        "SHA256" => 32,
        "SHA384" => 48,
        "SHA512" => 64,
        _ => -1,
    };
}

using System.Security.Cryptography;
using CertAuth.Der;

namespace CertAuth.Keys;

/// <summary>Reads RSASSA-PSS-params (RFC 4055, 3.1). Parameters are supported if the mask uses the same hash and the salt is as long as the
/// hash.</summary>
internal static class PssParameters
{
    // RSASSA-PSS-params ::= SEQUENCE { [0] hash DEFAULT sha1, [1] mask DEFAULT mgf1SHA1, [2] salt DEFAULT 20, [3] trailer DEFAULT 1 }
    internal static SignatureScheme? ReadOrNull(ReadOnlySpan<byte> parameters)
    {
        DerReader outer = new(parameters);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return null;

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
                return null;
            }
        }

        // The trailer has one value, which DER omits.
        return parts.IsEmpty && hash == maskHash ? SignatureScheme.FindPss(hash, saltLength) : null;
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
        return HashAlgorithms.Find(oid);
    }

    // Reads the hash of id-mgf1, whose parameters are the AlgorithmIdentifier of a hash.
    private static HashAlgorithmName ReadMask(ReadOnlySpan<byte> field)
    {
        DerReader outer = new(field);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return default;

        DerReader parts = new(body);
        bool isMgf1 = parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid)
            && oid.SequenceEqual(HashOids.Mgf1);
        return isMgf1 ? ReadHash(body[parts.Position..]) : default;
    }
}

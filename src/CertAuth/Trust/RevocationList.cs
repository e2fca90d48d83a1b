using System.Collections.Frozen;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>One certificate revocation list (RFC 5280, 5), read from DER; its signature is checked against an issuer of a path.</summary>
/// <remarks>Immutable but for what it remembers of verified issuers; safe for concurrent use.</remarks>
internal sealed class RevocationList
{
    /// <summary>Keys of which is remembered whether they signed the list: it has one issuer, and of one name there are few.</summary>
    private const int MaxVerdicts = 32;

    private readonly byte[] _der;
    private readonly RevocationListFields _fields;
    private readonly FrozenDictionary<byte[], DateTimeOffset> _revoked;

    // By the issuer's public key: a list is verified once, not at each login.
    private readonly BoundedCache<Verdict> _verdicts = new(MaxVerdicts);

    internal RevocationList(byte[] der, RevocationListFields fields, FrozenDictionary<byte[], DateTimeOffset> revoked)
    {
        _der = der;
        _fields = fields;
        _revoked = revoked;
        FoldedIssuer = FoldedName.Fold(fields.Issuer.In(der));
    }

    /// <summary>The folded name of the issuer; null where it is malformed, and then it is nobody's list.</summary>
    internal byte[]? FoldedIssuer { get; }

    internal DateTimeOffset ThisUpdate => _fields.ThisUpdate;

    internal DateTimeOffset NextUpdate => _fields.NextUpdate;

    /// <summary>When a certificate of the list's issuer was revoked; false where it wasn't.</summary>
    internal bool TryFind(ReadOnlySpan<byte> serialNumber, out DateTimeOffset revokedAt) =>
        _revoked.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(serialNumber, out revokedAt);

    /// <summary>How the list is signed.</summary>
    internal SignatureScheme Scheme => SignatureScheme.Read(_fields.SignatureAlgorithm.In(_der));

    /// <summary>Whether it is the list of this issuer: of its name, and signed by its key.</summary>
    internal bool IsOf(PathCertificate issuer) => FoldedIssuer is { } name && issuer.FoldedSubject is { } subject
        && name.AsSpan().SequenceEqual(subject) && IsSignedBy(issuer);

    private bool IsSignedBy(PathCertificate issuer)
    {
        ReadOnlySpan<byte> key = issuer.Certificate.Fields.PublicKey.In(issuer.Certificate.Der.Span);
        if (_verdicts.TryGet(key, out Verdict? known))
            return known!.IsSigned;

        bool isSigned = issuer.Key is { } imported && imported.Verifies(_fields.Tbs.In(_der), _fields.Signature.In(_der), Scheme);
        _verdicts.Set(key.ToArray(), new(isSigned));
        return isSigned;
    }

    private sealed record Verdict(bool IsSigned);
}

/// <summary>Where the parts of a list stand, and its dates.</summary>
internal struct RevocationListFields
{
    internal DerRange Tbs;
    internal DerRange SignatureAlgorithm;
    internal DerRange Signature;
    internal DerRange Issuer;
    internal DateTimeOffset ThisUpdate;
    internal DateTimeOffset NextUpdate;
}

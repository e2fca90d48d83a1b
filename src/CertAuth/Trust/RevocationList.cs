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
    private readonly BoundedCache<SignatureVerdict> _verdicts = new(MaxVerdicts);
    private volatile PathCertificate? _signer;

    internal RevocationList(byte[] der, RevocationListFields fields, FrozenDictionary<byte[], DateTimeOffset> revoked)
    {
        _der = der;
        _fields = fields;
        _revoked = revoked;
        FoldedIssuer = FoldedName.FoldOrNull(fields.Issuer.Slice(der));
    }

    private RevocationList(RevocationList other, bool isKept)
    {
        (_der, _fields, _revoked, _verdicts, _signer) = (other._der, other._fields, other._revoked, other._verdicts, other._signer);
        FoldedIssuer = other.FoldedIssuer;
        IsKept = isKept;
    }

    /// <summary>The list, DER-encoded.</summary>
    internal byte[] Der => _der;

    /// <summary>Whether a reload kept this list though the files no longer contain it: see
    /// <see cref="RevocationListSuccession"/>.</summary>
    internal bool IsKept { get; }

    /// <summary>The CA whose key is known to have signed the list; null while no such CA has been seen.</summary>
    internal PathCertificate? Signer => _signer;

    /// <summary>The issuer's name, DER-encoded.</summary>
    internal ReadOnlySpan<byte> IssuerDer => _fields.Issuer.Slice(_der);

    /// <summary>The CRL number: the content of a non-negative INTEGER, big-endian.</summary>
    internal ReadOnlySpan<byte> Number => _fields.Number.Slice(_der);

    /// <summary>The folded name of the issuer; null where it is malformed, and then it is nobody's list.</summary>
    internal byte[]? FoldedIssuer { get; }

    internal DateTimeOffset ThisUpdate => _fields.ThisUpdate;

    internal DateTimeOffset NextUpdate => _fields.NextUpdate;

    /// <summary>The same list, marked as kept or as read from the files. What is known of its signature is shared.</summary>
    internal RevocationList With(bool isKept) => isKept == IsKept ? this : new(this, isKept);

    /// <summary>Whether this list replaces an older one of the same issuer: by CRL number, which increases from list to list (RFC 5280,
    /// 5.2.3), and by thisUpdate for a CA that does not increase it.</summary>
    internal bool IsNewerThan(RevocationList other)
    {
        int order = Number.Length.CompareTo(other.Number.Length);
        if (order == 0)
            order = Number.SequenceCompareTo(other.Number);
        return order > 0 || (order == 0 && ThisUpdate > other.ThisUpdate);
    }

    /// <summary>Whether this list names every serial number that another names. Takes a time that grows with the other list.</summary>
    internal bool RevokesNoLessThan(RevocationList other) => other._revoked.Keys.All(_revoked.ContainsKey);

    /// <summary>Whether the list is valid at a time. Both ends are inclusive to the second.</summary>
    internal RevocationListState StateAt(DateTimeOffset now) =>
        now < ThisUpdate ? RevocationListState.NotYetValid
        : now - NextUpdate < TimeSpan.FromSeconds(1) ? RevocationListState.Current
        : RevocationListState.Stale;

    /// <summary>When a certificate of the list's issuer was revoked; false where it wasn't.</summary>
    internal bool TryFind(ReadOnlySpan<byte> serialNumber, out DateTimeOffset revokedAt) =>
        _revoked.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(serialNumber, out revokedAt);

    /// <summary>How the list is signed.</summary>
    internal SignatureScheme Scheme => SignatureScheme.Read(_fields.SignatureAlgorithm.Slice(_der));

    /// <summary>Whether it is the list of this issuer: of its name, and signed by its key.</summary>
    internal bool IsIssuedBy(PathCertificate issuer) => FoldedIssuer is { } name && issuer.FoldedSubject is { } subject
        && name.AsSpan().SequenceEqual(subject) && IsSignedBy(issuer);

    private bool IsSignedBy(PathCertificate issuer)
    {
        ReadOnlySpan<byte> key = issuer.Certificate.Fields.PublicKey.Slice(issuer.Certificate.Der.Span);
        if (!_verdicts.TryGet(key, out SignatureVerdict? known))
        {
            bool isSigned = issuer.Key is { } imported && imported.Verify(_fields.Tbs.Slice(_der), _fields.Signature.Slice(_der), Scheme);
            _verdicts.Set(key.ToArray(), known = new(isSigned));
        }

        if (known!.IsSigned)
            _signer ??= issuer;
        return known.IsSigned;
    }

    private sealed record SignatureVerdict(bool IsSigned);
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

    /// <summary>The magnitude of the CRL number, without the leading zero of DER; empty for 0.</summary>
    internal DerRange Number;
}

/// <summary>Whether a list is valid at a time.</summary>
internal enum RevocationListState
{
    /// <summary>Before thisUpdate.</summary>
    NotYetValid = 1,

    /// <summary>From thisUpdate to nextUpdate.</summary>
    Current = 2,

    /// <summary>After nextUpdate.</summary>
    Stale = 3,
}

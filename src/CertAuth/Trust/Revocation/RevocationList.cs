using System.Collections.Frozen;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Trust;

/// <summary>A certificate revocation list (RFC 5280, 5).</summary>
/// <remarks>The signature is verified when the list is first compared with an issuer, and the result is cached. Everything else is
/// immutable. Safe for concurrent use.</remarks>
internal sealed class RevocationList
{
    private readonly byte[] _der;
    private readonly RevocationListFields _fields;
    private readonly FrozenDictionary<byte[], DateTimeOffset> _revoked;

    // The results by the public key of the issuer. A list is verified once, not in each login.
    private readonly BoundedCache<SignatureVerdict> _verdicts = new(TrustBounds.MaxRevocationListVerdicts);
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

    /// <summary>Gets the list, DER-encoded.</summary>
    internal byte[] Der => _der;

    /// <summary>Gets a value that indicates whether a reload kept this list although the files no longer contain it: see
    /// <see cref="RevocationListSuccession"/>.</summary>
    internal bool IsKept { get; }

    /// <summary>Gets the CA that signed the list; null until <see cref="IsIssuedBy"/> has found it.</summary>
    internal PathCertificate? Signer => _signer;

    /// <summary>Gets the name of the issuer, DER-encoded.</summary>
    internal ReadOnlySpan<byte> IssuerDer => _fields.Issuer.Slice(_der);

    /// <summary>Gets the CRL number: unsigned, big-endian, without leading zeros.</summary>
    internal ReadOnlySpan<byte> Number => _fields.Number.Slice(_der);

    /// <summary>Gets the folded name of the issuer; null if it is malformed, empty or too long. Such a list matches no issuer.</summary>
    internal byte[]? FoldedIssuer { get; }

    internal DateTimeOffset ThisUpdate => _fields.ThisUpdate;

    internal DateTimeOffset NextUpdate => _fields.NextUpdate;

    /// <summary>Returns the same list, marked as kept or as read from the files. Both share the cached results of signature
    /// checks.</summary>
    internal RevocationList MarkAsKept(bool isKept) => isKept == IsKept ? this : new(this, isKept);

    /// <summary>Returns whether this list is newer than another one of the same issuer. The CRL number decides (RFC 5280, 5.2.3). If the
    /// numbers are equal, thisUpdate decides, because some CAs do not increase the number.</summary>
    internal bool IsNewerThan(RevocationList other)
    {
        int order = Number.Length.CompareTo(other.Number.Length);
        if (order == 0)
            order = Number.SequenceCompareTo(other.Number);
        return order > 0 || (order == 0 && ThisUpdate > other.ThisUpdate);
    }

    /// <summary>Returns whether this list revokes every serial number that another list revokes. The time grows with the number of entries
    /// of the other list.</summary>
    internal bool RevokesAllOf(RevocationList other) => other._revoked.Keys.All(_revoked.ContainsKey);

    /// <summary>Returns the state of the list at a time. The list is current from the first second of thisUpdate to the last second of
    /// nextUpdate.</summary>
    internal RevocationListState GetState(DateTimeOffset now)
    {
        ValidityPeriod validity = new(ThisUpdate, NextUpdate);
        return !validity.HasBegun(now) ? RevocationListState.NotYetValid
            : validity.HasEnded(now) ? RevocationListState.Stale
            : RevocationListState.Current;
    }

    /// <summary>Gets the time at which the list's issuer revoked a serial number; returns false if the list does not contain it.</summary>
    internal bool TryGetRevocationTime(ReadOnlySpan<byte> serialNumber, out DateTimeOffset revokedAt) =>
        _revoked.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(serialNumber, out revokedAt);

    /// <summary>Gets the algorithm with which the list is signed; null if signatures of this algorithm are not verified.</summary>
    internal SignatureScheme? Scheme => SignatureSchemeReader.ReadOrNull(_fields.SignatureAlgorithm.Slice(_der));

    /// <summary>Returns whether the list was issued by a CA: it has the CA's name and is signed with the CA's key.</summary>
    internal bool IsIssuedBy(PathCertificate issuer) => FoldedIssuer is { } name && issuer.FoldedSubject is { } subject
        && name.AsSpan().SequenceEqual(subject) && IsSignedBy(issuer);

    private bool IsSignedBy(PathCertificate issuer)
    {
        ReadOnlySpan<byte> key = issuer.Certificate.SubjectPublicKeyInfo;
        if (!_verdicts.TryGet(key, out SignatureVerdict? known))
        {
            bool isSigned =
                issuer.Key?.VerifyCertificateOrNull(_fields.Tbs.Slice(_der), _fields.Signature.Slice(_der), Scheme) == true;
            _verdicts.Set(key.ToArray(), known = new(isSigned));
        }

        if (known!.IsSigned)
            _signer ??= issuer;
        return known.IsSigned;
    }

    private sealed record SignatureVerdict(bool IsSigned);
}

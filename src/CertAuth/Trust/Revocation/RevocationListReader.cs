using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads DER-encoded certificate revocation lists (RFC 5280, 5.1).</summary>
internal ref struct RevocationListReader
{
    private readonly byte[] _der;
    private readonly Dictionary<byte[], DateTimeOffset> _revoked = new(ByteArrayComparer.Instance);
    private RevocationListFields _fields;
    private bool _hasNumber;

    private RevocationListReader(byte[] der) => _der = der;

    /// <summary>Reads one list; returns false and an error if it cannot be used. The signature is not verified.</summary>
    /// <param name="der">The list, DER-encoded. The list that is read refers to this array.</param>
    /// <param name="list">The list if the method returns true; otherwise, null.</param>
    /// <param name="error">The reason if the method returns false.</param>
    internal static bool TryRead(byte[] der, [NotNullWhen(true)] out RevocationList? list, out RevocationListErrorKind error)
    {
        RevocationListReader reader = new(der);
        error = reader.ReadList();
        list = error == RevocationListErrorKind.None
            ? new(der, reader._fields, reader._revoked.ToFrozenDictionary(ByteArrayComparer.Instance))
            : null;
        return list is not null;
    }

    // CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
    private RevocationListErrorKind ReadList()
    {
        DerReader outer = new(_der);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return RevocationListErrorKind.NotDer;

        DerReader parts = new(body);
        if (!parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> tbs)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> algorithm)
            || !parts.TryRead(DerTag.BitString, out ReadOnlySpan<byte> signature) || signature is not [0, _, ..] || !parts.IsEmpty)
        {
            return RevocationListErrorKind.NotDer;
        }

        _fields.Tbs = Locate(tbs);
        _fields.SignatureAlgorithm = Locate(algorithm);
        _fields.Signature = Locate(signature[1..]);
        return ReadTbs(tbs, algorithm);
    }

    // tbsCertList ::= SEQUENCE { version v2, signature, issuer, thisUpdate, nextUpdate, revokedCertificates OPTIONAL, [0] crlExtensions }
    private RevocationListErrorKind ReadTbs(ReadOnlySpan<byte> tbs, ReadOnlySpan<byte> outerAlgorithm)
    {
        DerReader outer = new(tbs);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> version) || version is not [1]
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> algorithm) || !algorithm.SequenceEqual(outerAlgorithm)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> issuer)
            || !DerTime.TryRead(ref parts, out _fields.ThisUpdate))
        {
            return RevocationListErrorKind.NotDer;
        }

        _fields.Issuer = Locate(issuer);
        if (!DerTime.TryRead(ref parts, out _fields.NextUpdate))
            return RevocationListErrorKind.NoNextUpdate;

        if (parts.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> entries))
        {
            RevocationListErrorKind error = ReadEntries(entries);
            if (error != RevocationListErrorKind.None)
                return error;
        }

        if (!parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped))
            return parts.IsEmpty ? RevocationListErrorKind.BadCrlNumber : RevocationListErrorKind.NotDer;
        DerReader sequence = new(wrapped);
        if (!sequence.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> extensions) || !sequence.IsEmpty || !parts.IsEmpty)
            return RevocationListErrorKind.NotDer;

        RevocationListErrorKind extensionError = ReadExtensions(extensions, ofEntry: false);
        return extensionError == RevocationListErrorKind.None && !_hasNumber ? RevocationListErrorKind.BadCrlNumber : extensionError;
    }

    // SEQUENCE OF SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions OPTIONAL }
    private RevocationListErrorKind ReadEntries(ReadOnlySpan<byte> entries)
    {
        DerReader list = new(entries);
        while (!list.IsEmpty)
        {
            if (!list.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> entry))
                return RevocationListErrorKind.NotDer;

            DerReader parts = new(entry);
            if (!parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> serial) || !DerInteger.IsValid(serial)
                || !DerTime.TryRead(ref parts, out DateTimeOffset revokedAt))
            {
                return RevocationListErrorKind.NotDer;
            }

            if (parts.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> extensions))
            {
                RevocationListErrorKind error = ReadExtensions(extensions, ofEntry: true);
                if (error != RevocationListErrorKind.None)
                    return error;
            }

            if (!parts.IsEmpty)
                return RevocationListErrorKind.NotDer;
            if (!_revoked.TryAdd(serial.ToArray(), revokedAt))
                return RevocationListErrorKind.Repeated;
        }

        return RevocationListErrorKind.None;
    }

    private RevocationListErrorKind ReadExtensions(ReadOnlySpan<byte> extensions, bool ofEntry)
    {
        HashSet<byte[]> seen = new(ByteArrayComparer.Instance);
        DerReader list = new(extensions);
        while (!list.IsEmpty)
        {
            if (seen.Count == TrustBounds.MaxRevocationListExtensions || !list.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> extension)
                || !DerExtension.TryRead(extension, out ReadOnlySpan<byte> oid, out bool critical, out ReadOnlySpan<byte> value))
            {
                return RevocationListErrorKind.NotDer;
            }

            if (!seen.Add(oid.ToArray()))
                return RevocationListErrorKind.Repeated;

            RevocationListErrorKind error = ofEntry ? CheckEntryExtension(oid, critical) : CheckListExtension(oid, critical, value);
            if (error != RevocationListErrorKind.None)
                return error;
        }

        return RevocationListErrorKind.None;
    }

    private RevocationListErrorKind CheckListExtension(ReadOnlySpan<byte> oid, bool critical, ReadOnlySpan<byte> value)
    {
        switch (ExtensionOids.Find(oid))
        {
            // RFC 5280, 5.2.3: it is not critical.
            case ExtensionOid.CrlNumber:
                DerReader number = new(value);
                if (critical || !number.TryRead(DerTag.Integer, out ReadOnlySpan<byte> content) || !number.IsEmpty
                    || !DerInteger.IsValid(content) || content[0] >= 0x80)
                {
                    return RevocationListErrorKind.BadCrlNumber;
                }

                _hasNumber = true;
                _fields.Number = Locate(content.TrimStart((byte)0));
                return RevocationListErrorKind.None;
            case ExtensionOid.DeltaCrlIndicator:
                return RevocationListErrorKind.Delta;
            case ExtensionOid.IssuingDistributionPoint:
                return RevocationListErrorKind.Indirect;

            // It is not needed: the signature identifies the key.
            case ExtensionOid.AuthorityKeyIdentifier:
                return RevocationListErrorKind.None;
            default:
                return critical ? RevocationListErrorKind.UnknownCriticalExtension : RevocationListErrorKind.None;
        }
    }

    // The reason code of an entry does not matter: certificateHold revokes as well, and removeFromCRL occurs only in delta lists.
    private static RevocationListErrorKind CheckEntryExtension(ReadOnlySpan<byte> oid, bool critical) => ExtensionOids.Find(oid) switch
    {
        ExtensionOid.CertificateIssuer => RevocationListErrorKind.Indirect,
        ExtensionOid.CrlReason or ExtensionOid.InvalidityDate => RevocationListErrorKind.None,
        _ => critical ? RevocationListErrorKind.UnknownCriticalExtension : RevocationListErrorKind.None,
    };

    private readonly DerRange Locate(ReadOnlySpan<byte> part) => DerRange.Locate(_der, part);
}

using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Reads the attributes of a DER-encoded Name in encoding order, without allocating.</summary>
/// <remarks>Checks the structure (RFC 5280, 4.1.2.4); <see cref="AttributeText"/> checks the values. The elements of a SET may be in any
/// order.</remarks>
internal ref struct NameReader
{
    private readonly int _bodyOffset;
    private DerReader _rdns;
    private DerReader _attributes;
    private int _attributesOffset;
    private int _attributeCount;

    private NameReader(ReadOnlySpan<byte> body, int bodyOffset)
    {
        _rdns = new(body);
        _bodyOffset = bodyOffset;
    }

    /// <summary>The position of the reader in bytes of the encoded name, for error messages.</summary>
    internal readonly int Position => _attributesOffset > 0 ? _attributesOffset + _attributes.Position : _bodyOffset + _rdns.Position;

    /// <summary>Whether all attributes of the current RDN have been read, or no RDN has been started.</summary>
    internal readonly bool IsBetweenRdns => _attributes.IsEmpty;

    /// <summary>Whether the whole name has been read.</summary>
    internal readonly bool IsAtEnd => _attributes.IsEmpty && _rdns.IsEmpty;

    /// <summary>The encoding of the RDNs after the current one.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rdns.Rest;

    /// <summary>Skips a number of bytes of <see cref="Rest"/> that are complete RDNs.</summary>
    internal void Skip(int bytes) => _rdns.Skip(bytes);

    /// <summary>Skips the next RDN without reading it. Returns false if its length is malformed.</summary>
    internal bool TrySkipRdn() => _rdns.TryRead(DerTag.Set, out _);

    /// <summary>Opens one encoded Name. Returns false if bytes follow it, or if it is longer than
    /// <see cref="NameBounds.MaxEncodedLength"/>.</summary>
    internal static bool TryOpen(ReadOnlySpan<byte> encodedName, out NameReader reader)
    {
        DerReader outer = new(encodedName);
        ReadOnlySpan<byte> body = default;
        bool opened = encodedName.Length <= NameBounds.MaxEncodedLength && outer.TryRead(DerTag.Sequence, out body) && outer.IsEmpty;
        reader = opened ? new(body, encodedName.Length - body.Length) : default;
        return opened;
    }

    /// <summary>Reads the next attribute. Returns false at the end of the name, with no error, and at the first error.</summary>
    internal bool TryRead(out RawAttribute attribute, out NameErrorKind error)
    {
        attribute = default;
        error = NameErrorKind.None;
        bool startsRdn = _attributes.IsEmpty;
        if (startsRdn && TryReadSingle(out attribute))
            return true;
        if (startsRdn)
        {
            if (_rdns.IsEmpty)
                return false;
            if (!_rdns.TryRead(DerTag.Set, out ReadOnlySpan<byte> set))
                return Fail(NameErrorKind.NotDer, out error);
            _attributes = new(set);
            _attributesOffset = _bodyOffset + _rdns.Position - set.Length;
            _attributeCount = 0;
            if (set.IsEmpty)
                return Fail(NameErrorKind.EmptyRdn, out error);
        }

        if (++_attributeCount > NameBounds.MaxRdnAttributes)
            return Fail(NameErrorKind.TooLarge, out error);
        if (!_attributes.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> pair))
            return Fail(NameErrorKind.NotDer, out error);

        DerReader parts = new(pair);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
            return Fail(NameErrorKind.NotDer, out error);
        if (!DerOid.IsValid(oid))
            return Fail(NameErrorKind.BadObjectIdentifier, out error);

        int valueAt = parts.Position;
        if (!parts.TryReadAny(out byte tag, out ReadOnlySpan<byte> value) || !parts.IsEmpty)
            return Fail(NameErrorKind.NotDer, out error);

        attribute = new(oid, tag, value, pair[valueAt..], startsRdn);
        return true;
    }

    /// <summary>Skips the next RDN if it has one attribute, all lengths have one byte, as most have, and its value is valid. Otherwise,
    /// returns false and does not move.</summary>
    internal bool TrySkipValidSingle()
    {
        ReadOnlySpan<byte> rest = _rdns.Rest;
        bool isSingle = IsSingle(rest, out int valueAt, out int length);
        bool isValid = isSingle && _attributes.IsEmpty && AttributeText.IsValid(rest[valueAt], rest[(valueAt + 2)..length]);
        if (isValid)
            MoveToEndOfRdn(length);
        return isValid;
    }

    // Reads the next RDN in the same cases. The current RDN must have been read. Otherwise, or at an error, does not move.
    private bool TryReadSingle(out RawAttribute attribute)
    {
        ReadOnlySpan<byte> rest = _rdns.Rest;
        bool isSingle = IsSingle(rest, out int valueAt, out int length);
        attribute = isSingle
            ? new(rest[6..valueAt], rest[valueAt], rest[(valueAt + 2)..length], rest[valueAt..length], startsRdn: true)
            : default;
        if (isSingle)
            MoveToEndOfRdn(length);
        return isSingle;
    }

    private void MoveToEndOfRdn(int length)
    {
        _rdns.Skip(length);
        _attributes = default;
        _attributesOffset = _bodyOffset + _rdns.Position;
    }

    // SET { SEQUENCE { type, value } } with short lengths.
    private static bool IsSingle(ReadOnlySpan<byte> rest, out int valueAt, out int length)
    {
        (valueAt, length) = (0, 0);
        if (rest is not [DerTag.Set, < 0x80 and var set, DerTag.Sequence, var pair, DerTag.ObjectIdentifier, var oid, ..]
            || pair != set - 2 || pair < oid + 4 || rest.Length < set + 2)
        {
            return false;
        }

        (valueAt, length) = (6 + oid, set + 2);
        return rest[valueAt + 1] == length - valueAt - 2 && (rest[valueAt] & 0x1F) != 0x1F && DerOid.IsValid(rest[6..valueAt]);
    }

    private static bool Fail(NameErrorKind kind, out NameErrorKind error)
    {
        error = kind;
        return false;
    }
}

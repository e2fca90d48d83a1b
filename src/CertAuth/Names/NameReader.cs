using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Walks the attributes of a DER Name in encoding order, without allocating.</summary>
/// <remarks>It checks the structure (RFC 5280, 4.1.2.4) and leaves the values to <see cref="AttributeText"/>. SETs are read in any order.</remarks>
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

    /// <summary>Where the reader stands, in octets of the encoded name: for error messages.</summary>
    internal readonly int Position => _attributesOffset > 0 ? _attributesOffset + _attributes.Position : _bodyOffset + _rdns.Position;

    /// <summary>Whether no RDN was begun that isn't read to its end.</summary>
    internal readonly bool IsBetweenRdns => _attributes.IsEmpty;

    /// <summary>Whether all was read.</summary>
    internal readonly bool IsAtEnd => _attributes.IsEmpty && _rdns.IsEmpty;

    /// <summary>The RDNs that weren't begun, as they are encoded.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rdns.Rest;

    /// <summary>Passes over so many octets of <see cref="Rest"/>: whole RDNs.</summary>
    internal void Skip(int octets) => _rdns.Skip(octets);

    /// <summary>Opens one encoded Name, left-over octets and one that is too long refused.</summary>
    internal static bool TryOpen(ReadOnlySpan<byte> encodedName, out NameReader reader)
    {
        DerReader outer = new(encodedName);
        ReadOnlySpan<byte> body = default;
        bool opened = encodedName.Length <= DistinguishedName.MaxEncodedLength && outer.TryRead(DerTag.Sequence, out body) && outer.IsEmpty;
        reader = opened ? new(body, encodedName.Length - body.Length) : default;
        return opened;
    }

    /// <summary>Reads the next attribute. False at the end of the name (<paramref name="error"/> is None) and at the first fault.</summary>
    internal bool TryRead(out RawAttribute attribute, out NameErrorKind error)
    {
        attribute = default;
        error = NameErrorKind.None;
        bool startsRdn = _attributes.IsEmpty;
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

        if (++_attributeCount > RelativeDistinguishedName.MaxAttributes)
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

    private static bool Fail(NameErrorKind kind, out NameErrorKind error)
    {
        error = kind;
        return false;
    }
}

/// <summary>One attribute as it stands in a certificate.</summary>
/// <param name="oid">Content octets of the type.</param>
/// <param name="tag">Identifier octet of the value.</param>
/// <param name="value">Content octets of the value.</param>
/// <param name="encodedValue">The value with its tag and length.</param>
/// <param name="startsRdn">Whether it is the first attribute of its RDN.</param>
internal readonly ref struct RawAttribute(
    ReadOnlySpan<byte> oid, byte tag, ReadOnlySpan<byte> value, ReadOnlySpan<byte> encodedValue, bool startsRdn)
{
    internal ReadOnlySpan<byte> Oid { get; } = oid;

    internal byte Tag { get; } = tag;

    internal ReadOnlySpan<byte> Value { get; } = value;

    internal ReadOnlySpan<byte> EncodedValue { get; } = encodedValue;

    internal bool StartsRdn { get; } = startsRdn;
}

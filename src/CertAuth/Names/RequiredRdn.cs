using System.Collections.Immutable;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>One RDN of a required name, prepared for comparison with an RDN of a certificate.</summary>
internal sealed class RequiredRdn
{
    private const int MaxShortLength = 0x7F;

    // The common encoding of an RDN: SET { SEQUENCE { type, value } } with short lengths. The tag of the value is ignored. Null if this RDN
    // has several attributes, a value that is not text, or a long one.
    private readonly byte[]? _commonEncoding;
    private readonly int _tagIndex;
    private readonly ImmutableArray<NameAttribute> _attributes;

    internal RequiredRdn(RelativeDistinguishedName rdn)
    {
        _attributes = rdn.Attributes;
        if (_attributes is not [{ IsText: true } attribute])
            return;

        byte[] oid = attribute.OidBytes, text = attribute.Utf8;
        int pair = 2 + oid.Length + 2 + text.Length;
        if (2 + pair > MaxShortLength)
            return;
        _commonEncoding =
        [
            DerTag.Set, (byte)(2 + pair), DerTag.Sequence, (byte)pair, DerTag.ObjectIdentifier, (byte)oid.Length, .. oid,
            DerTag.Utf8String, (byte)text.Length, .. text,
        ];
        _tagIndex = 6 + oid.Length;
    }

    /// <summary>Returns whether the next RDN of the reader equals this one. If so, the reader moves past it; otherwise, its position is
    /// undefined.</summary>
    internal bool TryMatchNext(ref NameReader reader) => TryMatchCommon(ref reader) || TryMatchAttributes(ref reader);

    /// <summary>Returns whether the next RDN of the reader equals this one and has the common encoding. If so, the reader moves past it;
    /// otherwise, it does not move.</summary>
    internal bool TryMatchCommon(ref NameReader reader)
    {
        bool isMatch = NextHasCommonEncoding(reader.Rest);
        if (isMatch)
            reader.Skip(_commonEncoding!.Length);
        return isMatch;
    }

    /// <summary>Returns whether an RDN of one attribute equals this one.</summary>
    internal bool Matches(in RawAttribute single) => _attributes.Length == 1 && _attributes[0].Matches(in single);

    // The bytes around the tag are equal, and the tag is one for which equal bytes are the same text; see AttributeText.Matches.
    private bool NextHasCommonEncoding(ReadOnlySpan<byte> rest) => _commonEncoding is { } common && rest.Length >= common.Length
        && (rest[_tagIndex] == DerTag.Utf8String || (_attributes[0].IsAscii && AttributeText.IsAsciiType(rest[_tagIndex])))
        && rest[.._tagIndex].SequenceEqual(common.AsSpan(0, _tagIndex))
        && rest[(_tagIndex + 1)..common.Length].SequenceEqual(common.AsSpan(_tagIndex + 1));

    private bool TryMatchAttributes(ref NameReader reader)
    {
        // One bit for each attribute that has a match.
        ulong matched = 0;
        do
        {
            if (!reader.TryRead(out RawAttribute presented, out _))
                return false;
            int at = IndexOfUnmatched(in presented, matched);
            if (at < 0)
                return false;
            matched |= 1UL << at;
        }
        while (!reader.IsBetweenRdns);
        return matched == ulong.MaxValue >> (64 - _attributes.Length);
    }

    private int IndexOfUnmatched(in RawAttribute presented, ulong matched)
    {
        for (int i = 0; i < _attributes.Length; i++)
        {
            if ((matched & (1UL << i)) == 0 && _attributes[i].Matches(in presented))
                return i;
        }

        return -1;
    }
}

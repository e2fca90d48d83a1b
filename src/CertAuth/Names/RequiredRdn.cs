using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
    private readonly bool _isAscii;
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
        _isAscii = attribute.IsAscii;
    }

    /// <summary>Returns whether the next RDN of the reader equals this one. If so, the reader moves past it; otherwise, its position is
    /// undefined.</summary>
    internal bool TryMatchNext(ref NameReader reader)
    {
        ReadOnlySpan<byte> rest = reader.Rest;
        int length = GetCommonLength(rest);
        if (length == 0)
            return !DiffersCommonly(rest) && TryMatchAttributes(ref reader);
        reader.Skip(length);
        return true;
    }

    /// <summary>Returns the length of the RDN that the encoding begins with if it equals this one and has the common encoding; otherwise,
    /// 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int GetCommonLength(ReadOnlySpan<byte> encodedRdns)
    {
        ReadOnlySpan<byte> common = _commonEncoding;
        if (common.IsEmpty || encodedRdns.Length < common.Length)
            return 0;

        // The bytes around the tag are equal, and the tag is one for which equal bytes are the same text; see NameAttribute.Matches.
        ReadOnlySpan<byte> next = encodedRdns[..common.Length];
        int at = _tagIndex;
        bool isMatch = (next[at] == DerTag.Utf8String || (_isAscii && AttributeText.IsAsciiType(next[at])))
            && next[(at + 1)..].SequenceEqual(common[(at + 1)..]) && next[..at].SequenceEqual(common[..at]);
        return isMatch ? common.Length : 0;
    }

    /// <summary>Returns whether the RDN that the encoding begins with, which does not have the common encoding, certainly differs or is
    /// malformed: it has one attribute and short lengths, and either another type, or a string type of which only equal bytes are the same
    /// text.</summary>
    internal bool DiffersCommonly(ReadOnlySpan<byte> encodedRdns) => _commonEncoding is { } common && encodedRdns.Length > _tagIndex
        && encodedRdns is [DerTag.Set, < 0x80 and var set, DerTag.Sequence, var pair, ..] && pair == set - 2
        && (encodedRdns[_tagIndex] == DerTag.Utf8String || AttributeText.IsAsciiType(encodedRdns[_tagIndex])
            || !encodedRdns[4.._tagIndex].SequenceEqual(common.AsSpan(4, _tagIndex - 4)));

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

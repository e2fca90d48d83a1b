using System.Collections.Immutable;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>One RDN of a required name, prepared for comparison with an RDN of a certificate.</summary>
internal sealed class RequiredRdn
{
    private const int MaxShortLength = 0x7F;

    // SET { SEQUENCE { type, value } } with any tag of the value: the common encoding of an RDN. Null if this RDN cannot have it.
    private readonly byte[]? _usual;
    private readonly int _tagAt;
    private readonly ImmutableArray<NameAttribute> _attributes;

    internal RequiredRdn(RelativeDistinguishedName rdn)
    {
        _attributes = rdn.Attributes;
        if (_attributes is not [{ IsText: true } attribute])
            return;

        byte[] oid = attribute.OidOctets, text = attribute.Utf8;
        int pair = 2 + oid.Length + 2 + text.Length;
        if (2 + pair > MaxShortLength)
            return;
        _usual =
        [
            DerTag.Set, (byte)(2 + pair), DerTag.Sequence, (byte)pair, DerTag.ObjectIdentifier, (byte)oid.Length, .. oid,
            DerTag.Utf8String, (byte)text.Length, .. text,
        ];
        _tagAt = 6 + oid.Length;
    }

    /// <summary>Returns whether the next RDN of the reader equals this one. If so, the reader moves past it.</summary>
    internal bool TrySkip(ref NameReader reader)
    {
        if (!IsNextAsUsual(reader.Rest))
            return MatchesNext(ref reader);
        reader.Skip(_usual!.Length);
        return true;
    }

    // Equal bytes around the tag, and a tag for which they are the same text: see AttributeText.Matches.
    private bool IsNextAsUsual(ReadOnlySpan<byte> rest) => _usual is { } usual && rest.Length >= usual.Length
        && (rest[_tagAt] == DerTag.Utf8String || (_attributes[0].IsAscii && AttributeText.IsAsciiType(rest[_tagAt])))
        && rest[.._tagAt].SequenceEqual(usual.AsSpan(0, _tagAt))
        && rest[(_tagAt + 1)..usual.Length].SequenceEqual(usual.AsSpan(_tagAt + 1));

    private bool MatchesNext(ref NameReader reader)
    {
        // The attributes that are matched already, one bit each.
        ulong taken = 0;
        do
        {
            if (!reader.TryRead(out RawAttribute presented, out _))
                return false;
            int at = IndexOfFree(in presented, taken);
            if (at < 0)
                return false;
            taken |= 1UL << at;
        }
        while (!reader.IsBetweenRdns);
        return taken == ulong.MaxValue >> (64 - _attributes.Length);
    }

    private int IndexOfFree(in RawAttribute presented, ulong taken)
    {
        for (int i = 0; i < _attributes.Length; i++)
        {
            if ((taken & (1UL << i)) == 0 && _attributes[i].Matches(in presented))
                return i;
        }

        return -1;
    }
}

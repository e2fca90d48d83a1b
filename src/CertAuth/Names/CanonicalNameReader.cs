using System.Buffers;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Reads a name in canonical form, and in no other form, into DER. Text becomes a UTF8String, whichever string type it had
/// before.</summary>
/// <remarks>The first pass accepts more than the canonical form, so its result is formatted again and must give the same bytes. Both take
/// linear time.</remarks>
internal ref struct CanonicalNameReader
{
    /// <summary>An upper bound of the number of DER bytes for each byte of text. The worst case is <c>/E=</c>: 17 bytes for the SET, the
    /// SEQUENCE, the object identifier and the empty string.</summary>
    private const int MaxGrowth = 12;

    private const int MaxTypeLength = DerBounds.MaxOidTextLength;

    /// <summary>The length in characters of the stack buffer for a type. It is small because it is cleared at each call and longer types
    /// are rare.</summary>
    private const int StackChars = 64;

    private static readonly SearchValues<byte> s_special = SearchValues.Create("/+\\"u8);

    private readonly ReadOnlySpan<byte> _text;
    private DerWriter _name;
    private int _position;

    private CanonicalNameReader(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        _text = text;
        _name = new(buffer);
    }

    /// <summary>Returns the DER-encoded Name, or null if the text is not the canonical form of a name.</summary>
    /// <param name="text">The text in UTF-8. The caller limits its length.</param>
    internal static byte[]? ToDerOrNull(ReadOnlySpan<byte> text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((MaxGrowth * text.Length) + MaxGrowth);
        CanonicalNameReader reader = new(text, buffer);
        byte[]? name = reader.TryReadName() && CanonicalForm.HasCanonicalForm(reader._name.Written, text)
            ? reader._name.Written.ToArray()
            : null;
        ArrayPool<byte>.Shared.Return(buffer);
        return name;
    }

    private bool TryReadName()
    {
        int rdn = 0;
        while (_position < _text.Length)
        {
            // A new RDN ends the previous one.
            bool startsRdn = _text[_position] == '/';
            if (startsRdn && _position > 0 && !_name.TryWrap(rdn, DerTag.Set))
                return false;
            rdn = startsRdn ? _name.Position : rdn;
            if (!startsRdn && (_position == 0 || _text[_position] != '+'))
                return false;

            _position++;
            if (!TryReadAttribute())
                return false;
        }

        return (_text.IsEmpty || _name.TryWrap(rdn, DerTag.Set)) && _name.TryWrap(0, DerTag.Sequence);
    }

    private bool TryReadAttribute()
    {
        int start = _name.Position;
        ReadOnlySpan<byte> rest = _text[_position..];
        int equals = rest.IndexOf((byte)'=');
        if (equals < 0 || !TryReadType(rest[..equals]))
            return false;

        _position += equals + 1;
        bool isHex = _position < _text.Length && _text[_position] == '#';
        return (isHex ? TryReadHex() : TryReadText()) && _name.TryWrap(start, DerTag.Sequence);
    }

    private bool TryReadType(ReadOnlySpan<byte> type)
    {
        if (type.Length > MaxTypeLength)
            return false;

        Span<char> buffer = type.Length <= StackChars ? stackalloc char[StackChars] : new char[type.Length];

        // Each byte is widened to a character. A byte outside ASCII occurs in no type, so such a type is unknown.
        for (int i = 0; i < type.Length; i++)
            buffer[i] = (char)type[i];
        int start = _name.Position;
        return AttributeTypes.Find(buffer[..type.Length], out byte[] oid) == NameErrorKind.None
            && _name.TryWrite(oid) && _name.TryWrap(start, DerTag.ObjectIdentifier);
    }

    // "#" and one DER value in hexadecimal. If its type is text, the canonical form is another text, so the name is rejected later.
    private bool TryReadHex()
    {
        ReadOnlySpan<byte> rest = _text[(_position + 1)..];
        int end = rest.IndexOfAny(s_special);
        ReadOnlySpan<byte> hex = end < 0 ? rest : rest[..end];
        byte[] value = ArrayPool<byte>.Shared.Rent(hex.Length);
        bool isRead = Convert.FromHexString(hex, value, out _, out int length) == OperationStatus.Done
            && _name.TryWrite(value.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(value);
        _position += 1 + hex.Length;
        return isRead;
    }

    private bool TryReadText()
    {
        int start = _name.Position;
        while (_position < _text.Length)
        {
            ReadOnlySpan<byte> rest = _text[_position..];
            int special = rest.IndexOfAny(s_special);
            int plain = special < 0 ? rest.Length : special;
            if (!_name.TryWrite(rest[..plain]))
                return false;

            _position += plain;
            if (special < 0 || rest[special] != '\\')
                break;
            if (!TryReadEscape(rest[(special + 1)..]))
                return false;
        }

        return _name.TryWrap(start, DerTag.Utf8String);
    }

    // "\", then "x" with two hexadecimal digits for a byte, or one byte that represents itself.
    private bool TryReadEscape(ReadOnlySpan<byte> escaped)
    {
        if (escaped is [(byte)'x', _, _, ..])
        {
            Span<byte> b = stackalloc byte[1];
            _position += 4;
            return Convert.FromHexString(escaped.Slice(1, 2), b, out _, out _) == OperationStatus.Done && _name.TryWrite(b);
        }

        _position += 2;
        return !escaped.IsEmpty && _name.TryWrite(escaped[..1]);
    }
}

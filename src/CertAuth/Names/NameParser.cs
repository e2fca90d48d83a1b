using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Parses the slash form in linear time. <c>docs/names.md</c> has the grammar.</summary>
internal ref struct NameParser(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    private readonly ReadOnlySpan<char> _text = text;
    private readonly NameBuilder _name = new();
    private int _position;
    private NameError _error;

    internal ImmutableArray<RelativeDistinguishedName> Parse(out NameError error)
    {
        if (!_text.IsEmpty && _text[0] != '/')
            _error = new(NameErrorKind.MissingSlash, 0);

        while (_position < _text.Length && _error.Kind == NameErrorKind.None)
            ReadAttribute();

        error = _error;
        return error.Kind == NameErrorKind.None ? _name.Build() : [];
    }

    // At a separator: "/" or "+", a type, "=", a value up to the next separator.
    private void ReadAttribute()
    {
        int separator = _position;
        AttributePrefix prefix = AttributePrefix.Read(_text, separator);
        NameErrorKind kind = prefix.Kind == NameErrorKind.UnescapedSeparator ? NameErrorKind.UnknownType : prefix.Kind;
        if (!prefix.IsAttribute || kind != NameErrorKind.None)
        {
            _error = new(kind == NameErrorKind.None ? NameErrorKind.MissingEquals : kind, prefix.Index);
            return;
        }

        _position = prefix.ValueIndex;
        bool isHex = _position < _text.Length && _text[_position] == '#';
        NameAttribute? attribute = isHex ? ReadHexValue(prefix.Oid) : ReadTextValue(prefix.Oid);
        if (attribute is not null && !_name.TryAdd(attribute, _text[separator] == '/'))
            _error = new(NameErrorKind.TooLarge, separator);
    }

    private NameAttribute? ReadTextValue(byte[] oid)
    {
        int start = _position;
        if (start < _text.Length && _text[start] == '"')
            return Fail(NameErrorKind.LeadingQuote, start);

        ArrayBufferWriter<byte> utf8 = new(16);
        while (_position < _text.Length && _error.Kind == NameErrorKind.None && !IsAtSeparator())
        {
            if (_text[_position] == '\\')
                ReadEscape(utf8);
            else
                ReadCharacter(utf8);
        }

        if (_error.Kind != NameErrorKind.None)
            return null;
        return Utf8.IsValid(utf8.WrittenSpan)
            ? NameAttribute.FromText(oid, utf8.WrittenSpan.ToArray())
            : Fail(NameErrorKind.InvalidUnicode, start);
    }

    // A "/" or "+" is a separator if a type and "=" may follow; otherwise, it belongs to the value.
    private bool IsAtSeparator()
    {
        if (_text[_position] is not ('/' or '+'))
            return false;

        AttributePrefix prefix = AttributePrefix.Read(_text, _position);
        if (prefix.IsAttribute && prefix.Kind != NameErrorKind.None)
            _error = new(prefix.Kind, prefix.Index);
        return prefix.IsAttribute;
    }

    // escape = "\" ( "x" HEX HEX | HEX HEX | one of / + \ = , # space " )
    private void ReadEscape(ArrayBufferWriter<byte> utf8)
    {
        ReadOnlySpan<char> rest = _text[(_position + 1)..];
        int prefix = rest is ['x', ..] ? 1 : 0;
        if (rest.Length >= prefix + 2 && char.IsAsciiHexDigit(rest[prefix]) && char.IsAsciiHexDigit(rest[prefix + 1]))
        {
            byte b = Convert.FromHexString(rest.Slice(prefix, 2))[0];

            // No program escapes a printable character in this way. The backslash is probably a part of the value that is not escaped.
            if (b is >= 0x20 and <= 0x7E)
                _error = new(NameErrorKind.UnnecessaryHexEscape, _position);
            Append(utf8, b);
            _position += 1 + prefix + 2;
        }
        else if (rest is ['/' or '+' or '\\' or '=' or ',' or '#' or ' ' or '"', ..])
        {
            Append(utf8, (byte)rest[0]);
            _position += 2;
        }
        else
        {
            _error = new(NameErrorKind.BadEscape, _position);
        }
    }

    private void ReadCharacter(ArrayBufferWriter<byte> utf8)
    {
        if (char.IsControl(_text[_position]))
        {
            _error = new(NameErrorKind.ControlCharacter, _position);
        }
        else if (Rune.DecodeFromUtf16(_text[_position..], out Rune rune, out int consumed) != OperationStatus.Done)
        {
            _error = new(NameErrorKind.InvalidUnicode, _position);
        }
        else
        {
            utf8.Advance(rune.EncodeToUtf8(utf8.GetSpan(4)));
            _position += consumed;
        }
    }

    // "#" and one complete DER value of a type that is not text, in hexadecimal, up to the next separator.
    private NameAttribute? ReadHexValue(byte[] oid)
    {
        int start = _position++;
        int length = _text[_position..].IndexOfAnyExcept(s_hexDigits);
        ReadOnlySpan<char> hex = length < 0 ? _text[_position..] : _text.Slice(_position, length);
        _position += hex.Length;
        if (hex.Length % 2 != 0 || (_position < _text.Length && !IsAtSeparator()))
            return Fail(NameErrorKind.BadHexValue, start);
        if (_error.Kind != NameErrorKind.None)
            return null;

        byte[] encoded = Convert.FromHexString(hex);
        DerReader reader = new(encoded);
        bool isValue = reader.TryReadAny(out byte tag, out _) && reader.IsEmpty
            && AttributeText.IsDerTag(tag) && !AttributeText.IsText(tag);
        return isValue ? NameAttribute.FromDer(oid, encoded) : Fail(NameErrorKind.BadHexValue, start);
    }

    private static void Append(ArrayBufferWriter<byte> utf8, byte b)
    {
        utf8.GetSpan(1)[0] = b;
        utf8.Advance(1);
    }

    private NameAttribute? Fail(NameErrorKind kind, int index)
    {
        _error = new(kind, index);
        return null;
    }
}

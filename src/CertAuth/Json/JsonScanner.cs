using System.Buffers;

namespace CertAuth.Json;

/// <summary>Scans JSON values in a text (RFC 8259).</summary>
/// <remarks>After a scan that fails, the position is undefined: the caller rejects the whole text.</remarks>
/// <param name="text">The text, valid UTF-8.</param>
/// <param name="depthLeft">The maximum nesting depth of objects and arrays in the values.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> text, int depthLeft)
{
    // RFC 8259, 7: the characters that end a string, begin an escape, or must not occur in a string (control characters).
    private static readonly SearchValues<byte> s_special = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"u8 +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);

    private int _depthLeft = depthLeft;
    private int _position;

    internal ReadOnlySpan<byte> Text { get; } = text;

    internal readonly bool IsAtEnd => _position == Text.Length;

    // RFC 8259, 2: space, tab, line feed, carriage return.
    internal void SkipWhiteSpace()
    {
        while (_position < Text.Length && Text[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            _position++;
    }

    /// <summary>Moves past a byte if it is the next one.</summary>
    internal bool TryConsume(byte b)
    {
        bool isNext = _position < Text.Length && Text[_position] == b;
        if (isNext)
            _position++;
        return isNext;
    }

    internal bool TryConsumeBetweenWhiteSpace(byte b)
    {
        SkipWhiteSpace();
        bool isNext = TryConsume(b);
        SkipWhiteSpace();
        return isNext;
    }

    /// <summary>Reads one value of any kind.</summary>
    /// <param name="uniqueNames">Whether objects in the value must have unique member names.</param>
    /// <param name="value">The value.</param>
    internal JsonReadStatus ReadValue(bool uniqueNames, out JsonValue value)
    {
        int start = _position;
        value = default;
        JsonKind kind = Peek();
        JsonReadStatus status;
        switch (kind)
        {
            case JsonKind.String:
                bool isString = TryReadString(out ReadOnlySpan<byte> content);
                value = new(kind, content);
                return isString ? JsonReadStatus.Read : JsonReadStatus.Malformed;
            case JsonKind.Object or JsonKind.Array:
                status = SkipNested(kind, uniqueNames);
                break;
            case JsonKind.Number:
                status = TrySkipNumber() ? JsonReadStatus.Read : JsonReadStatus.Malformed;
                break;
            case JsonKind.True:
                status = Skip("true"u8);
                break;
            case JsonKind.False:
                status = Skip("false"u8);
                break;
            case JsonKind.Null:
                status = Skip("null"u8);
                break;
            default:
                return JsonReadStatus.Malformed;
        }

        value = new(kind, Text[start.._position]);
        return status;
    }

    /// <summary>Reads a string. Returns the text between its quotes, with its escapes.</summary>
    internal bool TryReadString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryConsume((byte)'"'))
            return false;

        // Up to the next character that ends a string, begins an escape, or must not occur in a string.
        int start = _position;
        while (Text[_position..].IndexOfAny(s_special) is >= 0 and int plain)
        {
            _position += plain;
            if (Text[_position] != '\\')
            {
                content = Text[start.._position];
                return TryConsume((byte)'"');
            }

            if (!TrySkipEscape())
                return false;
        }

        return false;
    }

    private readonly JsonKind Peek() => _position == Text.Length ? JsonKind.None : Text[_position] switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.String,
        (byte)'t' => JsonKind.True,
        (byte)'f' => JsonKind.False,
        (byte)'n' => JsonKind.Null,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
        _ => JsonKind.None,
    };

    private JsonReadStatus Skip(ReadOnlySpan<byte> word)
    {
        if (!Text[_position..].StartsWith(word))
            return JsonReadStatus.Malformed;
        _position += word.Length;
        return JsonReadStatus.Read;
    }

    // The depth is checked first, which bounds the recursion.
    private JsonReadStatus SkipNested(JsonKind kind, bool uniqueNames)
    {
        if (_depthLeft == 0)
            return JsonReadStatus.Malformed;

        _depthLeft--;
        JsonReadStatus status = kind == JsonKind.Array ? SkipArray(uniqueNames) : SkipObject(uniqueNames);
        _depthLeft++;
        return status;
    }

    private JsonReadStatus SkipArray(bool uniqueNames)
    {
        _position++;
        SkipWhiteSpace();
        if (TryConsume((byte)']'))
            return JsonReadStatus.Read;

        do
        {
            SkipWhiteSpace();
            JsonReadStatus status = ReadValue(uniqueNames, out _);
            if (status != JsonReadStatus.Read)
                return status;
            SkipWhiteSpace();
        }
        while (TryConsume((byte)','));
        return TryConsume((byte)']') ? JsonReadStatus.Read : JsonReadStatus.Malformed;
    }

    private JsonReadStatus SkipObject(bool uniqueNames)
    {
        JsonMemberNames names = default;
        _position++;
        SkipWhiteSpace();
        if (TryConsume((byte)'}'))
            return JsonReadStatus.Read;

        do
        {
            SkipWhiteSpace();
            if (!TryReadString(out ReadOnlySpan<byte> name) || !TryConsumeBetweenWhiteSpace((byte)':'))
                return JsonReadStatus.Malformed;

            JsonReadStatus status = uniqueNames ? names.Add(Text, name) : JsonReadStatus.Read;
            if (status == JsonReadStatus.Read)
                status = ReadValue(uniqueNames, out _);
            if (status != JsonReadStatus.Read)
                return status;
            SkipWhiteSpace();
        }
        while (TryConsume((byte)','));
        return TryConsume((byte)'}') ? JsonReadStatus.Read : JsonReadStatus.Malformed;
    }

    // RFC 8259, 7: "\" and one of " \ / b f n r t, or "\u" and four hexadecimal digits. Surrogates must be in pairs.
    private bool TrySkipEscape()
    {
        ReadOnlySpan<byte> rest = Text[_position..];
        if (rest.Length < 2)
            return false;
        if (rest[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            _position += 2;
            return true;
        }

        if (!IsUnicodeEscape(rest))
            return false;

        char unit = JsonText.ReadCodeUnit(rest[2..]);
        bool isPair = char.IsHighSurrogate(unit) && IsUnicodeEscape(rest[6..]) && char.IsLowSurrogate(JsonText.ReadCodeUnit(rest[8..]));
        _position += isPair ? 12 : 6;
        return isPair || !char.IsSurrogate(unit);
    }

    private static bool IsUnicodeEscape(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'\\', (byte)'u', _, _, _, _, ..])
            return false;

        foreach (byte digit in text.Slice(2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        return true;
    }

    // RFC 8259, 6: number = [ "-" ] int [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "+" / "-" ] 1*DIGIT ], where int has no leading zeros.
    private bool TrySkipNumber()
    {
        TryConsume((byte)'-');
        if (!TryConsume((byte)'0') && !TrySkipDigits())
            return false;
        if (TryConsume((byte)'.') && !TrySkipDigits())
            return false;
        if (!TryConsume((byte)'e') && !TryConsume((byte)'E'))
            return true;
        if (!TryConsume((byte)'+'))
            TryConsume((byte)'-');
        return TrySkipDigits();
    }

    private bool TrySkipDigits()
    {
        int start = _position;
        while (_position < Text.Length && char.IsAsciiDigit((char)Text[_position]))
            _position++;
        return _position > start;
    }
}

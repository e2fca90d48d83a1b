using System.Buffers;

namespace CertAuth.Json;

/// <summary>Scans JSON values in a text (RFC 8259). After a scan that fails the position is undefined, because the text is
/// rejected.</summary>
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
    internal void SkipBlanks()
    {
        while (_position < Text.Length && Text[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            _position++;
    }

    internal bool TryTake(byte octet)
    {
        bool isThere = _position < Text.Length && Text[_position] == octet;
        if (isThere)
            _position++;
        return isThere;
    }

    internal bool TryTakeBetweenBlanks(byte octet)
    {
        SkipBlanks();
        bool isThere = TryTake(octet);
        SkipBlanks();
        return isThere;
    }

    /// <summary>Reads one value of any kind.</summary>
    /// <param name="uniqueNames">Whether objects in the value must have unique member names.</param>
    /// <param name="value">The value.</param>
    internal JsonStep ReadValue(bool uniqueNames, out JsonValue value)
    {
        int start = _position;
        value = default;
        JsonKind kind = Peek();
        JsonStep step;
        switch (kind)
        {
            case JsonKind.String:
                bool isString = TryReadString(out ReadOnlySpan<byte> content);
                value = new(kind, content);
                return isString ? JsonStep.Read : JsonStep.Malformed;
            case JsonKind.Object or JsonKind.Array:
                step = Nest(kind, uniqueNames);
                break;
            case JsonKind.Number:
                step = TrySkipNumber() ? JsonStep.Read : JsonStep.Malformed;
                break;
            case JsonKind.True:
                step = Skip("true"u8);
                break;
            case JsonKind.False:
                step = Skip("false"u8);
                break;
            case JsonKind.Null:
                step = Skip("null"u8);
                break;
            default:
                return JsonStep.Malformed;
        }

        value = new(kind, Text[start.._position]);
        return step;
    }

    /// <summary>Reads a string; <paramref name="content"/> is the text between its quotes.</summary>
    internal bool TryReadString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryTake((byte)'"'))
            return false;

        // Up to the next character that ends a string, begins an escape, or must not occur in a string.
        int start = _position;
        while (Text[_position..].IndexOfAny(s_special) is >= 0 and int plain)
        {
            _position += plain;
            if (Text[_position] != '\\')
            {
                content = Text[start.._position];
                return TryTake((byte)'"');
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

    private JsonStep Skip(ReadOnlySpan<byte> word)
    {
        if (!Text[_position..].StartsWith(word))
            return JsonStep.Malformed;
        _position += word.Length;
        return JsonStep.Read;
    }

    // The depth is checked before anything is read, which bounds the recursion.
    private JsonStep Nest(JsonKind kind, bool uniqueNames)
    {
        if (_depthLeft == 0)
            return JsonStep.Malformed;

        _depthLeft--;
        JsonStep step = kind == JsonKind.Array ? SkipArray(uniqueNames) : SkipObject(uniqueNames);
        _depthLeft++;
        return step;
    }

    private JsonStep SkipArray(bool uniqueNames)
    {
        _position++;
        SkipBlanks();
        if (TryTake((byte)']'))
            return JsonStep.Read;

        do
        {
            SkipBlanks();
            JsonStep step = ReadValue(uniqueNames, out _);
            if (step != JsonStep.Read)
                return step;
            SkipBlanks();
        }
        while (TryTake((byte)','));
        return TryTake((byte)']') ? JsonStep.Read : JsonStep.Malformed;
    }

    private JsonStep SkipObject(bool uniqueNames)
    {
        NameList names = default;
        _position++;
        SkipBlanks();
        if (TryTake((byte)'}'))
            return JsonStep.Read;

        do
        {
            SkipBlanks();
            if (!TryReadString(out ReadOnlySpan<byte> name) || !TryTakeBetweenBlanks((byte)':'))
                return JsonStep.Malformed;

            JsonStep step = uniqueNames ? names.Add(Text, name) : JsonStep.Read;
            if (step == JsonStep.Read)
                step = ReadValue(uniqueNames, out _);
            if (step != JsonStep.Read)
                return step;
            SkipBlanks();
        }
        while (TryTake((byte)','));
        return TryTake((byte)'}') ? JsonStep.Read : JsonStep.Malformed;
    }

    // "\" and one of " \ / b f n r t, or "u" and four digits; surrogates must come in pairs.
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

        if (!IsUnit(rest))
            return false;

        char unit = JsonText.ReadUnit(rest[2..]);
        bool isPair = char.IsHighSurrogate(unit) && IsUnit(rest[6..]) && char.IsLowSurrogate(JsonText.ReadUnit(rest[8..]));
        _position += isPair ? 12 : 6;
        return isPair || !char.IsSurrogate(unit);
    }

    private static bool IsUnit(ReadOnlySpan<byte> text)
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

    // number = [ "-" ] int [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "+" / "-" ] 1*DIGIT ]; no leading zeros.
    private bool TrySkipNumber()
    {
        TryTake((byte)'-');
        if (!TryTake((byte)'0') && !TrySkipDigits())
            return false;
        if (TryTake((byte)'.') && !TrySkipDigits())
            return false;
        if (!TryTake((byte)'e') && !TryTake((byte)'E'))
            return true;
        if (!TryTake((byte)'+'))
            TryTake((byte)'-');
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

using System.Text.Unicode;

namespace CertAuth.Json;

/// <summary>Reads the members of one JSON object, or the elements of one array, strictly (RFC 8259) and in place. Only objects of more than
/// 16 members allocate, less than four times their own length.</summary>
/// <remarks>Nested values are checked as well: grammar, depth, UTF-8, surrogates, and repeated member names, also where escapes hide the
/// repetition.
/// Comments, trailing commas and other extensions of lenient readers are rejected. Input never causes an exception.</remarks>
internal ref struct JsonReader
{
    private readonly JsonNames _names;
    private JsonScanner _scanner;
    private NameList _seen;
    private bool _isFirst = true;

    private JsonReader(JsonScanner scanner, JsonNames names)
    {
        _scanner = scanner;
        _names = names;
    }

    /// <summary>Opens a text that is one object. The caller limits its length.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="maxDepth">The maximum nesting depth of objects and arrays, including the outermost one.</param>
    /// <param name="names">Which objects must have unique member names.</param>
    /// <param name="reader">The reader.</param>
    internal static bool TryOpenObject(ReadOnlySpan<byte> text, int maxDepth, JsonNames names, out JsonReader reader) =>
        TryOpen(text, (byte)'{', maxDepth, names, out reader);

    /// <summary>Opens a text that is one array.</summary>
    internal static bool TryOpenArray(ReadOnlySpan<byte> text, int maxDepth, JsonNames names, out JsonReader reader) =>
        TryOpen(text, (byte)'[', maxDepth, names, out reader);

    private static bool TryOpen(ReadOnlySpan<byte> text, byte bracket, int maxDepth, JsonNames names, out JsonReader reader)
    {
        JsonScanner scanner = new(text, maxDepth - 1);
        scanner.SkipBlanks();
        bool opened = Utf8.IsValid(text) && maxDepth > 0 && scanner.TryTake(bracket);
        reader = new(scanner, names);
        return opened;
    }

    /// <summary>Reads the next member of the object.</summary>
    internal JsonStep ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)
    {
        name = default;
        value = default;
        JsonStep step = NextOrEnd((byte)'}');
        if (step != JsonStep.Read)
            return step;

        if (!_scanner.TryReadString(out name) || !_scanner.TryTakeBetweenBlanks((byte)':'))
            return JsonStep.Malformed;

        JsonStep added = _seen.Add(_scanner.Text, name);
        if (added != JsonStep.Read)
            return added;
        return _scanner.ReadValue(_names == JsonNames.UniqueEverywhere, out value);
    }

    /// <summary>Reads the next element of the array.</summary>
    internal JsonStep ReadElement(out JsonValue value)
    {
        value = default;
        JsonStep step = NextOrEnd((byte)']');
        return step == JsonStep.Read ? _scanner.ReadValue(_names == JsonNames.UniqueEverywhere, out value) : step;
    }

    // After the opening bracket: a value or the end. After a value: a comma and a value, or the end.
    private JsonStep NextOrEnd(byte closing)
    {
        _scanner.SkipBlanks();
        if (_scanner.TryTake(closing))
        {
            _scanner.SkipBlanks();
            return _scanner.IsAtEnd ? JsonStep.End : JsonStep.Malformed;
        }

        if (!_isFirst && !_scanner.TryTake((byte)','))
            return JsonStep.Malformed;
        _isFirst = false;
        _scanner.SkipBlanks();
        return JsonStep.Read;
    }
}

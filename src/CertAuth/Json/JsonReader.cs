using System.Text.Unicode;

namespace CertAuth.Json;

/// <summary>Walks the members of one JSON object, or the elements of one array, strictly (RFC 8259), in place; objects of more than 16 members alone
/// allocate, less than four times their own octets.</summary>
/// <remarks>Everything is checked on the way, nested values too: grammar, depth, UTF-8, surrogates, members named twice under escapes. Comments,
/// trailing commas and whatever else lenient readers take are refused. Nothing is thrown for what a peer sent.</remarks>
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

    /// <summary>Opens a text that is one object. The caller bounds its length.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="maxDepth">How deep objects and arrays may nest, the outermost counted.</param>
    /// <param name="names">Which objects must name each member once.</param>
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

    // After the bracket a value or the end; after a value a comma and a value, or the end.
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

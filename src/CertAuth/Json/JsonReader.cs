using System.Text.Unicode;

namespace CertAuth.Json;

/// <summary>Reads the members of one JSON object, or the elements of one array, strictly (RFC 8259) and in place.</summary>
/// <remarks>The reader checks nested values as well: their grammar, depth, UTF-8, surrogates and repeated member names, also if one of them
/// is written with escapes. It rejects comments, trailing commas and other extensions of lenient readers. No input causes an exception.
/// Only objects of more than 16 members allocate, each less than seven times its own length.</remarks>
internal ref struct JsonReader
{
    private readonly JsonNameUniqueness _uniqueness;
    private JsonScanner _scanner;
    private JsonMemberNames _seen;
    private bool _isFirst = true;

    private JsonReader(JsonScanner scanner, JsonNameUniqueness uniqueness)
    {
        _scanner = scanner;
        _uniqueness = uniqueness;
    }

    /// <summary>Opens a text that is one object. Returns false if it is not UTF-8 or does not begin with an object.</summary>
    /// <param name="text">The whole text. The caller limits its length.</param>
    /// <param name="maxDepth">The maximum nesting depth of objects and arrays, including the outermost one.</param>
    /// <param name="uniqueness">Which objects must have unique member names.</param>
    /// <param name="reader">The reader.</param>
    internal static bool TryOpenObject(ReadOnlySpan<byte> text, int maxDepth, JsonNameUniqueness uniqueness, out JsonReader reader) =>
        TryOpen(text, (byte)'{', maxDepth, uniqueness, out reader);

    /// <summary>Opens a text that is one array, as <see cref="TryOpenObject"/> does for an object.</summary>
    internal static bool TryOpenArray(ReadOnlySpan<byte> text, int maxDepth, JsonNameUniqueness uniqueness, out JsonReader reader) =>
        TryOpen(text, (byte)'[', maxDepth, uniqueness, out reader);

    private static bool TryOpen(ReadOnlySpan<byte> text, byte bracket, int maxDepth, JsonNameUniqueness uniqueness, out JsonReader reader)
    {
        JsonScanner scanner = new(text, maxDepth - 1);
        scanner.SkipWhiteSpace();
        bool opened = Utf8.IsValid(text) && maxDepth > 0 && scanner.TryConsume(bracket);
        reader = new(scanner, uniqueness);
        return opened;
    }

    /// <summary>Reads the next member of the object. The name has its escapes.</summary>
    internal JsonReadStatus ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)
    {
        name = default;
        value = default;
        JsonReadStatus status = MoveNextOrEnd((byte)'}');
        if (status != JsonReadStatus.Read)
            return status;

        if (!_scanner.TryReadString(out name) || !_scanner.TryConsumeBetweenWhiteSpace((byte)':'))
            return JsonReadStatus.Malformed;

        JsonReadStatus added = _seen.Add(_scanner.Text, name);
        if (added != JsonReadStatus.Read)
            return added;
        return _scanner.ReadValue(_uniqueness == JsonNameUniqueness.Everywhere, out value);
    }

    /// <summary>Reads the next element of the array.</summary>
    internal JsonReadStatus ReadElement(out JsonValue value)
    {
        value = default;
        JsonReadStatus status = MoveNextOrEnd((byte)']');
        return status == JsonReadStatus.Read ? _scanner.ReadValue(_uniqueness == JsonNameUniqueness.Everywhere, out value) : status;
    }

    // After the opening bracket: a value or the end. After a value: a comma and a value, or the end.
    private JsonReadStatus MoveNextOrEnd(byte closing)
    {
        _scanner.SkipWhiteSpace();
        if (_scanner.TryConsume(closing))
        {
            _scanner.SkipWhiteSpace();
            return _scanner.IsAtEnd ? JsonReadStatus.End : JsonReadStatus.Malformed;
        }

        if (!_isFirst && !_scanner.TryConsume((byte)','))
            return JsonReadStatus.Malformed;
        _isFirst = false;
        _scanner.SkipWhiteSpace();
        return JsonReadStatus.Read;
    }
}

namespace CertAuth.Json;

/// <summary>The kinds of JSON value (RFC 8259, 3).</summary>
internal enum JsonKind
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 3,
    Number = 4,
    True = 5,
    False = 6,
    Null = 7,
}

/// <summary>One value, as it is written in the text.</summary>
/// <param name="kind">The kind of the value; None if there is no value.</param>
/// <param name="raw">The bytes of the value. For a string: the text between the quotes, with its escapes.</param>
internal readonly ref struct JsonValue(JsonKind kind, ReadOnlySpan<byte> raw)
{
    internal JsonKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Raw { get; } = raw;
}

/// <summary>The result of reading the next member or element.</summary>
internal enum JsonReadStatus
{
    /// <summary>The text is not JSON, or exceeds a limit.</summary>
    Malformed = 0,

    /// <summary>A member or element was read.</summary>
    Read = 1,

    /// <summary>The object or array has ended.</summary>
    End = 2,

    /// <summary>The name of the member is repeated.</summary>
    Repeated = 3,
}

/// <summary>Which objects must have unique member names.</summary>
internal enum JsonNameUniqueness
{
    /// <summary>All objects, at any depth.</summary>
    Everywhere = 1,

    /// <summary>Only the outermost object. The objects in it are read separately later.</summary>
    OutermostOnly = 2,
}

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

/// <summary>One value as it stands in the text.</summary>
/// <param name="kind">What it is; None for no value.</param>
/// <param name="raw">Its octets: of a string what stands between the quotes, escapes and all.</param>
internal readonly ref struct JsonValue(JsonKind kind, ReadOnlySpan<byte> raw)
{
    internal JsonKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Raw { get; } = raw;
}

/// <summary>What a step through an object or array came to.</summary>
internal enum JsonStep
{
    /// <summary>Not JSON, or over a bound.</summary>
    Malformed = 0,

    /// <summary>A member or element was read.</summary>
    Read = 1,

    /// <summary>The object or array is closed.</summary>
    End = 2,

    /// <summary>A member of a name that stood before.</summary>
    Repeated = 3,
}

/// <summary>Which objects must name each of their members once.</summary>
internal enum JsonNames
{
    /// <summary>All of them, at any depth.</summary>
    UniqueEverywhere = 1,

    /// <summary>The outermost alone; those inside are read by themselves later.</summary>
    UniqueOutermost = 2,
}

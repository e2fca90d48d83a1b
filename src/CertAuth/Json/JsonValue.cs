namespace CertAuth.Json;

/// <summary>One value, as it is written in the text.</summary>
/// <param name="kind">The kind of the value; None if there is no value.</param>
/// <param name="raw">The bytes of the value. For a string: the text between the quotes, with its escapes.</param>
internal readonly ref struct JsonValue(JsonKind kind, ReadOnlySpan<byte> raw)
{
    internal JsonKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Raw { get; } = raw;
}

namespace CertAuth.Json;

/// <summary>One value, as it is written in the text.</summary>
/// <param name="kind">The kind of the value. The default value of the type has <see cref="JsonKind.None"/>.</param>
/// <param name="raw">The bytes of the value. For a string: the text between the quotes, with its escapes.</param>
internal readonly ref struct JsonValue(JsonKind kind, ReadOnlySpan<byte> raw)
{
    internal JsonKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Determines whether the value is a string that equals a text ordinally, after its escapes are resolved.</summary>
    internal bool IsString(ReadOnlySpan<byte> utf8) => Kind == JsonKind.String && JsonText.EqualsUtf8(Raw, utf8);
}

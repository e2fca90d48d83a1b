namespace CertAuth.Json;

/// <summary>The position of a value in a text. The default value is a missing value.</summary>
/// <param name="Kind">The kind of the value; <see cref="JsonKind.None"/> if the value is missing.</param>
/// <param name="Start">The index in the text of the first byte of <see cref="JsonValue.Raw"/>.</param>
/// <param name="Length">The length of <see cref="JsonValue.Raw"/>, in bytes.</param>
internal readonly record struct JsonRange(JsonKind Kind, int Start, int Length)
{
    /// <summary>Returns the position of a value that was read from the text.</summary>
    internal static JsonRange Locate(ReadOnlySpan<byte> text, JsonValue value) =>
        new(value.Kind, text.Overlaps(value.Raw, out int start) ? start : 0, value.Raw.Length);

    /// <summary>Returns the value at this position of the text.</summary>
    internal JsonValue In(ReadOnlySpan<byte> text) => new(Kind, text.Slice(Start, Length));
}

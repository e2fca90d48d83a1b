using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The position of a claim in a payload.</summary>
/// <param name="Kind">The kind of value; <see cref="JsonKind.None"/> if the claim is missing.</param>
/// <param name="Start">The index in the payload of the first byte of the value; for a string, after the quotation mark.</param>
/// <param name="Length">The length of the value, in bytes.</param>
internal readonly record struct ClaimRange(JsonKind Kind, int Start, int Length)
{
    /// <summary>The maximum length in bytes of a string that a rejection contains.</summary>
    private const int MaxDescribedBytes = 512;

    internal static ClaimRange Locate(ReadOnlySpan<byte> payload, JsonValue value) =>
        new(value.Kind, payload.Overlaps(value.Raw, out int start) ? start : 0, value.Raw.Length);

    internal ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> payload) => payload.Slice(Start, Length);

    /// <summary>Determines whether the claim is a string that equals a text ordinally, after its escapes are resolved.</summary>
    internal bool HasText(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> utf8) =>
        Kind == JsonKind.String && JsonText.EqualsUtf8(Slice(payload), utf8);

    /// <summary>Returns a text for a rejection: the string, or the kind of any other value; null if the claim is missing.</summary>
    internal string? Describe(ReadOnlySpan<byte> payload) => Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => DescribeString(Slice(payload)),
        _ => $"({JsonKindNames.Describe(Kind)})",
    };

    /// <summary>Returns a text for a rejection: the JSON string without its escapes, or only its length if it is long.</summary>
    internal static string DescribeString(ReadOnlySpan<byte> raw) =>
        raw.Length > MaxDescribedBytes ? $"(a string of {raw.Length} bytes)" : JsonText.GetString(raw);
}

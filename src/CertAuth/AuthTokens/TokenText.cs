using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The texts of rejections that quote a token or describe its form.</summary>
internal static class TokenText
{
    /// <summary>Gets what a header and a payload must be.</summary>
    internal static string RequiredObject =>
        $"one JSON object without repeated members, at most {JsonBounds.MaxMembers} members in each object";

    /// <summary>Returns the string, or the kind of any other value; null if the value is missing.</summary>
    internal static string? Describe(JsonValue value) => value.Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => Quote(value.Raw),
        _ => $"({JsonKindNames.Describe(value.Kind)})",
    };

    /// <summary>Returns a JSON string without its escapes, or only its length if it is long.</summary>
    internal static string Quote(ReadOnlySpan<byte> raw) =>
        raw.Length > AuthTokenBounds.MaxQuotedBytes ? $"(a string of {raw.Length} bytes)" : JsonText.GetString(raw);
}

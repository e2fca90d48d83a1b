using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>Where a claim stands in a payload.</summary>
/// <param name="Kind">What it is; None where it is missing.</param>
/// <param name="Start">Where its octets begin.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct ClaimRange(JsonKind Kind, int Start, int Length)
{
    /// <summary>Longest text in octets that is shown in a refusal.</summary>
    private const int MaxDescribedBytes = 512;

    internal static ClaimRange Locate(ReadOnlySpan<byte> payload, JsonValue value) =>
        new(value.Kind, payload.Overlaps(value.Raw, out int start) ? start : 0, value.Raw.Length);

    internal ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> payload) => payload.Slice(Start, Length);

    /// <summary>Whether it is a string of this text.</summary>
    internal bool HasText(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> utf8) => Kind == JsonKind.String && JsonText.EqualsUtf8(Slice(payload), utf8);

    /// <summary>The claim for a log; null where it is missing.</summary>
    internal string? Describe(ReadOnlySpan<byte> payload) => Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => DescribeString(Slice(payload)),
        _ => $"({Kind})",
    };

    /// <summary>A JSON string for a log.</summary>
    internal static string DescribeString(ReadOnlySpan<byte> raw) => raw.Length > MaxDescribedBytes ? $"({raw.Length} octets)" : JsonText.GetString(raw);
}

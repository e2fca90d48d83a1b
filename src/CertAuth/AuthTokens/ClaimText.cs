using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>Where a claim stands in a payload.</summary>
/// <param name="Kind">What it is; None where it is missing.</param>
/// <param name="Start">Where its octets begin.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct ClaimText(JsonKind Kind, int Start, int Length)
{
    /// <summary>Longest text in octets that is shown in a refusal.</summary>
    private const int MaxShown = 512;

    internal static ClaimText Of(ReadOnlySpan<byte> payload, JsonValue value) =>
        new(value.Kind, payload.Overlaps(value.Raw, out int start) ? start : 0, value.Raw.Length);

    internal ReadOnlySpan<byte> In(ReadOnlySpan<byte> payload) => payload.Slice(Start, Length);

    /// <summary>Whether it is a string of this text.</summary>
    internal bool Is(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> utf8) => Kind == JsonKind.String && JsonText.EqualsUtf8(In(payload), utf8);

    /// <summary>The claim for a log; null where it is missing.</summary>
    internal string? Show(ReadOnlySpan<byte> payload) => Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => ShowText(In(payload)),
        _ => $"({Kind})",
    };

    /// <summary>A JSON string for a log.</summary>
    internal static string ShowText(ReadOnlySpan<byte> raw) => raw.Length > MaxShown ? $"({raw.Length} octets)" : JsonText.ToText(raw);
}

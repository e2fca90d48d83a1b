using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Tokens;

/// <summary>A JWK set that was read from a file.</summary>
/// <param name="Keys">All keys in order, whether usable or not.</param>
/// <param name="Error">The reason why the set is rejected; <see cref="KeySetErrorKind.None"/> if it is accepted.</param>
/// <param name="Warnings">The keys that are ignored.</param>
internal sealed record KeySetFile(ImmutableArray<JsonElement> Keys, KeySetErrorKind Error, ImmutableArray<TokenKeyWarning> Warnings)
{
    private const int MaxShownWarnings = 3;

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Reads a JWK set, even if it is rejected because of its keys.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is too large or is not a JWK set.</exception>
    internal static KeySetFile Read(Input input, string path)
    {
        byte[] json = input.Read(path);
        _ = TokenKeySet.TryParse(json, out _, out KeySetErrorKind error, out ImmutableArray<TokenKeyWarning> warnings);
        return error is KeySetErrorKind.TooLarge or KeySetErrorKind.Malformed
            ? throw CreateError(path, error, warnings)
            : new(ReadElements(json), error, warnings);
    }

    /// <summary>Reads a JWK set that verifies tokens.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or the set is rejected.</exception>
    internal static TokenKeySet ReadKeys(Input input, string path)
    {
        byte[] json = input.Read(path);
        return TokenKeySet.TryParse(json, out TokenKeySet? keys, out KeySetErrorKind error, out ImmutableArray<TokenKeyWarning> warnings)
            ? keys
            : throw CreateError(path, error, warnings);
    }

    /// <summary>Returns a member of a key that is a string; otherwise, null.</summary>
    internal static string? GetString(JsonElement key, string member)
    {
        if (key.ValueKind != JsonValueKind.Object || !key.TryGetProperty(member, out JsonElement value)
            || value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // The string has a lone surrogate.
            return null;
        }
    }

    /// <summary>Formats a JWK set. Keys that were read keep their text, byte for byte.</summary>
    internal static string Format(IEnumerable<JsonElement> keys, params IEnumerable<JsonObject> added)
    {
        using MemoryStream written = new();
        using (Utf8JsonWriter writer = new(written, s_indented))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (JsonElement key in keys)
                writer.WriteRawValue(key.GetRawText());
            foreach (JsonObject key in added)
                key.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(written.ToArray()) + "\n";
    }

    /// <summary>Returns whether CertAuth accepts a JWK set.</summary>
    internal static bool IsUsable(string json, [NotNullWhen(false)] out string? problem)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        bool isUsable = TokenKeySet.TryParse(bytes, out _, out KeySetErrorKind error, out ImmutableArray<TokenKeyWarning> warnings);
        problem = isUsable ? null : Describe(error, warnings);
        return isUsable;
    }

    // The library accepted the JSON, so it is an object with an array "keys", or a single key.
    private static ImmutableArray<JsonElement> ReadElements(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement.Clone();
        return root.TryGetProperty("keys", out JsonElement keys) ? [.. keys.EnumerateArray()] : [root];
    }

    private static UserErrorException CreateError(string path, KeySetErrorKind error, ImmutableArray<TokenKeyWarning> warnings) =>
        new($"{InputFiles.GetDisplayName(path)}: {Describe(error, warnings)}");

    private static string Describe(KeySetErrorKind error, ImmutableArray<TokenKeyWarning> warnings)
    {
        string sentence = error switch
        {
            KeySetErrorKind.TooLarge => "The JWK set exceeds 1 MiB or 10,000 keys.",
            KeySetErrorKind.Malformed => "The JWK set is malformed; expected strict JSON, {\"keys\":[…]} or a single key.",
            KeySetErrorKind.RepeatedKeyId => "Two usable keys of the JWK set have the same kid.",
            KeySetErrorKind.NoUsableKey => "No key of the JWK set is usable.",
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, "The error is undefined."),
        };
        return warnings.IsEmpty ? sentence : $"{sentence} {string.Join("; ", warnings.Take(MaxShownWarnings))}.";
    }
}

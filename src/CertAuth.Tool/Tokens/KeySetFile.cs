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

/// <summary>A key set in a file: its keys as they stand, and what the library makes of them.</summary>
/// <param name="Keys">All keys, in order, usable or not.</param>
/// <param name="Error">Why the set is refused; None where it can be used.</param>
/// <param name="Warnings">The keys that are passed over.</param>
internal sealed record KeySetFile(ImmutableArray<JsonElement> Keys, TokenKeySetErrorKind Error, ImmutableArray<TokenKeyWarning> Warnings)
{
    private const int MaxShownWarnings = 3;

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Reads a set that may be refused for its keys.</summary>
    /// <exception cref="UserErrorException">It can't be read, is too large, or is no key set at all.</exception>
    internal static KeySetFile Read(Input input, string path)
    {
        byte[] json = input.Read(path);
        _ = TokenKeySet.TryParse(json, out TokenKeySet? keys, out TokenKeySetError error);
        return error.Kind is TokenKeySetErrorKind.TooLarge or TokenKeySetErrorKind.Malformed
            ? throw CreateError(path, error)
            : new(ReadElements(json), error.Kind, keys?.Warnings ?? error.Warnings);
    }

    /// <summary>Reads a set that tokens are verified with.</summary>
    /// <exception cref="UserErrorException">It can't be read, or is refused.</exception>
    internal static TokenKeySet ReadKeys(Input input, string path) =>
        TokenKeySet.TryParse(input.Read(path), out TokenKeySet? keys, out TokenKeySetError error)
            ? keys
            : throw CreateError(path, error);

    /// <summary>A member of a key as text; null where it isn't one.</summary>
    internal static string? GetString(JsonElement key, string member)
    {
        if (key.ValueKind != JsonValueKind.Object || !key.TryGetProperty(member, out JsonElement value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    /// <summary>The text of a set of these keys, those that were read just as they stood.</summary>
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

    /// <summary>Whether octets would be taken as a set with each of its keys.</summary>
    internal static bool IsUsable(string json, [NotNullWhen(false)] out string? problem)
    {
        bool isUsable = TokenKeySet.TryParse(Encoding.UTF8.GetBytes(json), out _, out TokenKeySetError error);
        problem = isUsable ? null : Describe(error);
        return isUsable;
    }

    // What the library has taken as JSON: an object, "keys" an array, or one bare key.
    private static ImmutableArray<JsonElement> ReadElements(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement.Clone();
        return root.TryGetProperty("keys", out JsonElement keys) ? [.. keys.EnumerateArray()] : [root];
    }

    private static UserErrorException CreateError(string path, TokenKeySetError error) =>
        new($"{InputFiles.GetDisplayName(path)}: {Describe(error)}");

    private static string Describe(TokenKeySetError error)
    {
        string sentence = error.Kind switch
        {
            TokenKeySetErrorKind.TooLarge => "The key set is over a bound (1 MiB, 10,000 keys).",
            TokenKeySetErrorKind.Malformed => "That is no key set: strict JSON is wanted, {\"keys\":[…]} or one key.",
            TokenKeySetErrorKind.RepeatedKeyId => "Two usable keys have one kid.",
            TokenKeySetErrorKind.NoUsableKey => "No key of it can be used.",
            _ => $"The key set is refused: {error.Kind}.",
        };
        return error.Warnings.IsEmpty ? sentence : $"{sentence} {string.Join(' ', error.Warnings.Take(MaxShownWarnings))}";
    }
}

using System.Collections.Immutable;
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
/// <param name="Error">The reason why the set is rejected; the default value if it is accepted.</param>
/// <param name="Warnings">The keys that are ignored.</param>
internal sealed record KeySetFile(ImmutableArray<JsonElement> Keys, TokenKeySetError Error, ImmutableArray<TokenKeyWarning> Warnings)
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Reads a JWK set. A set that is rejected because of its keys is also read; see <see cref="Error"/>.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is too large or is not a JWK set.</exception>
    internal static KeySetFile Read(Input input, string path)
    {
        byte[] json = input.Read(path);
        _ = TokenKeySet.TryParse(json, out TokenKeySet? keys, out TokenKeySetError error);
        return error.Kind is TokenKeySetErrorKind.TooLarge or TokenKeySetErrorKind.Malformed
            ? throw CreateError(path, error)
            : new(ReadElements(json), error, keys?.Warnings ?? error.Warnings);
    }

    /// <summary>Reads a JWK set that verifies tokens.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or the set is rejected.</exception>
    internal static TokenKeySet ReadKeys(Input input, string path) =>
        TokenKeySet.TryParse(input.Read(path), out TokenKeySet? keys, out TokenKeySetError error) ? keys : throw CreateError(path, error);

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

    // The library accepted the JSON, so it is an object with an array "keys", or a single key.
    private static ImmutableArray<JsonElement> ReadElements(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement.Clone();
        return root.TryGetProperty("keys", out JsonElement keys) ? [.. keys.EnumerateArray()] : [root];
    }

    private static UserErrorException CreateError(string path, TokenKeySetError error) =>
        new($"{InputFiles.GetDisplayName(path)}: {TerminalText.Escape(error.ToString())}");
}

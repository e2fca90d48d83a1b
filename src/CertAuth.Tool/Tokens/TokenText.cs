using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Tokens;

/// <summary>A token taken apart (RFC 7515, 7.1). Nothing about it is verified.</summary>
/// <param name="Header">The octets of its header.</param>
/// <param name="Payload">The octets of its payload.</param>
/// <param name="SignatureBytes">How long its signature is.</param>
internal sealed record TokenText(byte[] Header, byte[] Payload, int SignatureBytes)
{
    /// <summary>Longest token in characters: no validator takes a longer one.</summary>
    internal const int MaxCharacters = 64 * 1024;

    private const int MaxDepth = 32;

    // JSON text for a person: letters of all scripts as they are.
    private static readonly JsonWriterOptions s_forPeople = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = MaxDepth };

    /// <summary>The token of an argument, or of standard input where that is <c>-</c>, without the line ends behind it.</summary>
    /// <exception cref="UserErrorException">It is too long.</exception>
    internal static string Read(Input input, string argument)
    {
        string token = argument == "-" ? input.ReadText(argument).TrimEnd('\r', '\n') : argument;
        return token.Length <= MaxCharacters
            ? token
            : throw new UserErrorException($"The token has {token.Length} characters; at most {MaxCharacters} are read.");
    }

    /// <exception cref="UserErrorException">It isn't three parts in base64url.</exception>
    internal static TokenText Parse(string token)
    {
        string[] parts = token.Split('.');
        return parts.Length == 3
            ? new(Decode(parts[0], "header"), Decode(parts[1], "payload"), Decode(parts[2], "signature").Length)
            : throw new UserErrorException($"That is no token: it has {parts.Length} parts joined by dots, not 3 (header.payload.signature).");
    }

    /// <summary>Octets that should be JSON, in lines for people: what could move the cursor is escaped.</summary>
    internal static IEnumerable<string> ToLines(byte[] bytes)
    {
        string text = TryReadJson(bytes, out JsonElement json) && TryIndent(json, out string? indented)
            ? indented
            : $"(not JSON) {Encoding.UTF8.GetString(bytes)}";
        return text.ReplaceLineEndings("\n").Split('\n').Select(TerminalText.Escape);
    }

    /// <summary>The same for scripts: JSON where it is, else a text.</summary>
    internal static JsonNode? ToNode(byte[] bytes)
    {
        // Half a surrogate pair can be read, and not be written again.
        if (!TryReadJson(bytes, out JsonElement json) || !TryIndent(json, out _))
            return Encoding.UTF8.GetString(bytes);
        return JsonNode.Parse(bytes, documentOptions: new() { MaxDepth = MaxDepth });
    }

    private static byte[] Decode(string part, string name)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            throw new UserErrorException($"That is no token: its {name} isn't base64url.");
        }
    }

    private static bool TryReadJson(byte[] bytes, out JsonElement json)
    {
        json = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new() { MaxDepth = MaxDepth });
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryIndent(JsonElement json, [NotNullWhen(true)] out string? text)
    {
        using MemoryStream written = new();
        try
        {
            using (Utf8JsonWriter writer = new(written, s_forPeople))
                json.WriteTo(writer);
            text = Encoding.UTF8.GetString(written.ToArray());
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            text = null;
            return false;
        }
    }
}

using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Tokens;

/// <summary>The decoded parts of a token (RFC 7515, 7.1), none of which is verified.</summary>
/// <param name="Header">The header, usually JSON.</param>
/// <param name="Payload">The payload, usually JSON.</param>
/// <param name="SignatureBytes">The length of the signature, in bytes.</param>
internal sealed record TokenText(byte[] Header, byte[] Payload, int SignatureBytes)
{
    /// <summary>The maximum length of a token, in characters. No validator accepts a longer token.</summary>
    internal const int MaxCharacters = 64 * 1024;

    private const int MaxDepth = 32;

    // The output is for people, so letters of all scripts are not escaped.
    private static readonly JsonWriterOptions s_readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = MaxDepth,
    };

    /// <summary>Returns the argument, or the content of standard input without trailing line breaks if the argument is <c>-</c>.</summary>
    /// <exception cref="UserErrorException">The token is too long.</exception>
    internal static string Read(Input input, string argument)
    {
        string token = argument == "-" ? input.ReadText(argument).TrimEnd('\r', '\n') : argument;
        return token.Length <= MaxCharacters
            ? token
            : throw new UserErrorException($"The token has {token.Length} characters; the maximum is {MaxCharacters}.");
    }

    /// <summary>Decodes the parts of a token.</summary>
    /// <exception cref="UserErrorException">The token does not have three parts in base64url.</exception>
    internal static TokenText Parse(string token)
    {
        string[] parts = token.Split('.');
        return parts.Length == 3
            ? new(Decode(parts[0], "header"), Decode(parts[1], "payload"), Decode(parts[2], "signature").Length)
            : throw new UserErrorException(
                $"The input is not a token: it has {parts.Length} parts separated by dots, not 3 (header.payload.signature).");
    }

    /// <summary>Formats a header or a payload in lines for people. Characters that control the terminal are escaped.</summary>
    internal static IEnumerable<string> ToLines(byte[] bytes)
    {
        string text = TryReadJson(bytes, out JsonElement json) && TryIndent(json, out string? indented)
            ? indented
            : $"(not JSON) {Encoding.UTF8.GetString(bytes)}";
        return text.ReplaceLineEndings("\n").Split('\n').Select(TerminalText.Escape);
    }

    /// <summary>Converts a header or a payload for scripts: JSON, or a string if it is not JSON.</summary>
    internal static JsonNode? ToNode(byte[] bytes)
    {
        // A string with a lone surrogate can be parsed but not written.
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
            throw new UserErrorException($"The input is not a token: its {name} is not base64url.");
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
            using (Utf8JsonWriter writer = new(written, s_readable))
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

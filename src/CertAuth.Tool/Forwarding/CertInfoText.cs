using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Forwarding;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Forwarding;

/// <summary>The two connection attributes of forwarded certificate info, as text.</summary>
/// <param name="Info">The certificate info, which is JSON.</param>
/// <param name="Signature">The signature of the info, with the version of its format.</param>
internal sealed record CertInfoText(string Info, string Signature)
{
    private const int MaxDepth = 32;

    internal static CertInfoText FromToken(CertInfoToken token) =>
        new(Encoding.UTF8.GetString(token.Info.Span), Encoding.ASCII.GetString(token.Signature.Span));

    /// <summary>Reads the output of <c>cert-info issue --format json</c> from a file or from standard input.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or is malformed.</exception>
    internal static CertInfoText Read(Input input, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(input.Read(path), new() { MaxDepth = MaxDepth });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(CertInfoToken.InfoAttributeName, out JsonElement info)
                && info.ValueKind == JsonValueKind.String
                && root.TryGetProperty(CertInfoToken.SignatureAttributeName, out JsonElement signature)
                && signature.ValueKind == JsonValueKind.String)
            {
                return new(info.GetString()!, signature.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string with a lone surrogate.
        }

        throw new UserErrorException(
            $"{InputFiles.GetDisplayName(path)} is not the output of certauth cert-info issue --format json: expected a JSON object with "
            + $"{CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}.");
    }

    internal JsonObject ToJson() => new()
    {
        [CertInfoToken.InfoAttributeName] = Info,
        [CertInfoToken.SignatureAttributeName] = Signature,
    };

    internal ConnectionAttributes ToAttributes() => new(
        new ConnectionAttribute(CertInfoToken.InfoAttributeName, Info),
        new ConnectionAttribute(CertInfoToken.SignatureAttributeName, Signature));

    /// <summary>Reads the challenge of a server, in base64 or base64url.</summary>
    /// <exception cref="UserErrorException">The text is not base64, or the challenge does not have 16 to 32 bytes.</exception>
    internal static byte[] ReadChallenge(string text)
    {
        byte[] challenge = Decode(text) ?? throw new UserErrorException("--challenge: The challenge is not base64.");
        return challenge.Length is >= 16 and <= 32
            ? challenge
            : throw new UserErrorException($"--challenge: A challenge has 16 to 32 bytes (MySQL: 20), not {challenge.Length}.");
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text.Replace('+', '-').Replace('/', '_'));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

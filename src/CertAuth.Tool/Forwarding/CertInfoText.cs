using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Forwarding;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Forwarding;

/// <summary>The two attributes of a forwarded certificate, as texts.</summary>
internal sealed record CertInfoText(string Info, string Signature)
{
    private const int MaxDepth = 32;

    internal static CertInfoText FromToken(CertInfoToken token) => new(Encoding.UTF8.GetString(token.Info.Span), Encoding.ASCII.GetString(token.Signature.Span));

    /// <summary>What <c>cert-info issue --format json</c> prints, of a file or of standard input.</summary>
    /// <exception cref="UserErrorException">It can't be read, or lacks one of the two.</exception>
    internal static CertInfoText Read(Input input, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(input.Read(path), new() { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(CertInfoToken.InfoAttributeName, out JsonElement info) && info.ValueKind == JsonValueKind.String
                && document.RootElement.TryGetProperty(CertInfoToken.SignatureAttributeName, out JsonElement signature) && signature.ValueKind == JsonValueKind.String)
            {
                return new(info.GetString()!, signature.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair.
        }

        throw new UserErrorException(
            $"{InputFiles.GetDisplayName(path)} isn't what certauth cert-info issue --format json prints: an object with {CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}.");
    }

    internal JsonObject ToJson() => new() { [CertInfoToken.InfoAttributeName] = Info, [CertInfoToken.SignatureAttributeName] = Signature };

    internal ConnectionAttributes ToAttributes() =>
        new(new ConnectionAttribute(CertInfoToken.InfoAttributeName, Info), new ConnectionAttribute(CertInfoToken.SignatureAttributeName, Signature));

    /// <summary>A server's challenge, in base64 or base64url.</summary>
    /// <exception cref="UserErrorException">It is neither, or no challenge.</exception>
    internal static byte[] ReadChallenge(string text)
    {
        byte[] challenge = Decode(text) ?? throw new UserErrorException("--challenge: that isn't base64.");
        return challenge.Length is >= 16 and <= 32
            ? challenge
            : throw new UserErrorException($"--challenge: a server's challenge has 16 to 32 octets (MySQL: 20), this one {challenge.Length}.");
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

using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace CertAuth.Requirements;

/// <summary>Parses one SHA-256 digest.</summary>
/// <remarks>
/// <code>
/// digest = [ prefix ] ( 64HEX | HEX HEX 31( ":" HEX HEX ) | 43BASE64 [ "=" ] )
/// prefix = "sha256:" | "sha256/" | "sha256//" | "pin-sha256=" | "SHA256 Fingerprint="   ; in any case
/// </code>
/// Double quotes can enclose what follows the prefix. These are the forms that openssl, curl, NATS and RFC 7469 print.
/// </remarks>
internal static class DigestParser
{
    internal const string CanonicalPrefix = "sha256:";

    private const int HexLength = 2 * SHA256.HashSizeInBytes;
    private const int ColonHexLength = HexLength + SHA256.HashSizeInBytes - 1;
    private const int Base64Length = 43;

    private const string SlashPrefix = "sha256/";

    private static readonly string[] s_prefixes = [CanonicalPrefix, SlashPrefix, "pin-sha256=", "SHA256 Fingerprint="];

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>Writes the 32 bytes of a digest. Returns the error; no error on success.</summary>
    internal static DigestError Parse(ReadOnlySpan<char> text, Span<byte> digest)
    {
        ReadOnlySpan<char> encoded = RemovePrefix(text, out int index);
        DigestError error = encoded.Length switch
        {
            HexLength => ReadHex(encoded, digest),
            ColonHexLength => ReadColonHex(encoded, digest),
            Base64Length => ReadBase64(encoded, digest),
            Base64Length + 1 when encoded[^1] == '=' => ReadBase64(encoded[..^1], digest),
            _ => new(IsOtherHash(encoded) ? DigestErrorKind.NotSha256 : DigestErrorKind.BadLength, 0),
        };
        return error.Kind == DigestErrorKind.None ? default : new(error.Kind, index + error.Index);
    }

    // Returns what follows the prefix and its index.
    private static ReadOnlySpan<char> RemovePrefix(ReadOnlySpan<char> text, out int index)
    {
        index = 0;
        foreach (string prefix in s_prefixes)
        {
            if (!text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            index = prefix.Length;

            // A base64 digest may begin with a slash, so the length decides whether a second slash is part of the prefix.
            if (prefix == SlashPrefix && text[index..] is ['/', ..] && !HasLength(text[index..]))
                index++;
            break;
        }

        ReadOnlySpan<char> encoded = RemoveQuotes(text[index..], out int quote);
        index += quote;
        return encoded;
    }

    private static ReadOnlySpan<char> RemoveQuotes(ReadOnlySpan<char> text, out int quote)
    {
        quote = text is ['"', _, .., '"'] ? 1 : 0;
        return text[quote..^quote];
    }

    private static bool HasLength(ReadOnlySpan<char> encoded) =>
        encoded.Length is HexLength or ColonHexLength or Base64Length || (encoded.Length == Base64Length + 1 && encoded[^1] == '=');

    // 40 digits are SHA-1 and 32 are MD5, also in pairs with colons.
    private static bool IsOtherHash(ReadOnlySpan<char> encoded) => encoded.Length switch
    {
        40 or 32 => !encoded.ContainsAnyExcept(s_hexDigits),
        59 or 47 => IndexOfColonHexError(encoded) < 0,
        _ => false,
    };

    private static DigestError ReadHex(ReadOnlySpan<char> encoded, Span<byte> digest)
    {
        int error = encoded.IndexOfAnyExcept(s_hexDigits);
        if (error >= 0)
            return new(DigestErrorKind.BadCharacter, error);
        Convert.FromHexString(encoded, digest, out _, out _);
        return default;
    }

    private static DigestError ReadColonHex(ReadOnlySpan<char> encoded, Span<byte> digest)
    {
        int error = IndexOfColonHexError(encoded);
        if (error >= 0)
            return new(DigestErrorKind.BadCharacter, error);
        for (int i = 0; i < digest.Length; i++)
            Convert.FromHexString(encoded.Slice(3 * i, 2), digest[i..], out _, out _);
        return default;
    }

    private static int IndexOfColonHexError(ReadOnlySpan<char> encoded)
    {
        for (int i = 0; i < encoded.Length; i++)
        {
            if (i % 3 == 2 ? encoded[i] != ':' : !char.IsAsciiHexDigit(encoded[i]))
                return i;
        }

        return -1;
    }

    // RFC 4648, 4 and 5: one of the two alphabets, not both.
    private static DigestError ReadBase64(ReadOnlySpan<char> encoded, Span<byte> digest)
    {
        Span<char> base64Url = stackalloc char[Base64Length];
        int plain = encoded.IndexOfAny('+', '/'), url = encoded.IndexOfAny('-', '_');
        if (plain >= 0 && url >= 0)
            return new(DigestErrorKind.BadCharacter, Math.Max(plain, url));
        for (int i = 0; i < encoded.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(encoded[i]) && encoded[i] is not ('+' or '/' or '-' or '_'))
                return new(DigestErrorKind.BadCharacter, i);
            base64Url[i] = encoded[i] switch { '+' => '-', '/' => '_', char c => c };
        }

        // RFC 4648, 3.5: the last character has two unused bits.
        bool isDecoded = Base64Url.DecodeFromChars(base64Url, digest, out _, out int written) == OperationStatus.Done
            && written == digest.Length;
        return isDecoded && Base64Url.EncodeToString(digest).AsSpan().SequenceEqual(base64Url)
            ? default
            : new(DigestErrorKind.SpareBits, encoded.Length - 1);
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace CertAuth.Json;

/// <summary>Decodes base64url as RFC 7515, 2 defines it: without padding and white space. Rejects nonzero trailing bits.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> s_alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Returns the number of bytes that a text of the given length encodes.</summary>
    internal static int GetDecodedLength(int characters) => (int)((long)characters * 3 / 4);

    /// <summary>Decodes the whole text. Returns false if it is not base64url, or if the destination is too short.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return IsValid(text)
            && Base64Url.DecodeFromUtf8(text, destination, out int consumed, out written) == OperationStatus.Done
            && consumed == text.Length;
    }

    /// <summary>Returns whether the whole text is base64url.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExcept(s_alphabet) && text.Length % 4 != 1 && !HasNonZeroTrailingBits(text);

    // RFC 4648, 3.5: the bits of the last character that do not belong to a byte must be zero.
    private static bool HasNonZeroTrailingBits(ReadOnlySpan<byte> text) => (text.Length % 4) switch
    {
        2 => (GetValue(text[^1]) & 0b1111) != 0,
        3 => (GetValue(text[^1]) & 0b11) != 0,
        _ => false,
    };

    private static int GetValue(byte character) => (char)character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace CertAuth.Json;

/// <summary>Reads the characters of a JSON string (RFC 8259, 7). The string must have been scanned before, so that its escapes are
/// well-formed.</summary>
internal static class JsonText
{
    private const int StackBytes = 256;

    /// <summary>Returns whether a string equals a text after unescaping. Does not allocate.</summary>
    internal static bool EqualsUtf8(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> utf8)
    {
        if (!raw.Contains((byte)'\\'))
            return raw.SequenceEqual(utf8);

        // An escape is longer than the character that it represents.
        return raw.Length > utf8.Length && EqualsUnescaped(raw, utf8);
    }

    private static bool EqualsUnescaped(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> utf8)
    {
        Span<byte> character = stackalloc byte[4];
        while (!raw.IsEmpty)
        {
            int length = ReadCharacter(ref raw, character);
            if (!utf8.StartsWith(character[..length]))
                return false;
            utf8 = utf8[length..];
        }

        return utf8.IsEmpty;
    }

    /// <summary>Returns whether two strings are equal after unescaping. Does not allocate.</summary>
    internal static bool AreEqual(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> other)
    {
        if (!raw.Contains((byte)'\\') && !other.Contains((byte)'\\'))
            return raw.SequenceEqual(other);

        Span<byte> one = stackalloc byte[4];
        Span<byte> two = stackalloc byte[4];
        while (!raw.IsEmpty && !other.IsEmpty)
        {
            int length = ReadCharacter(ref raw, one);
            int otherLength = ReadCharacter(ref other, two);
            if (!one[..length].SequenceEqual(two[..otherLength]))
                return false;
        }

        return raw.IsEmpty && other.IsEmpty;
    }

    /// <summary>Returns a hash of the unescaped text. Its seed is random in each process, so that a peer cannot choose texts with equal
    /// hashes.</summary>
    internal static int ComputeHash(ReadOnlySpan<byte> raw)
    {
        if (raw.Contains((byte)'\\'))
            return ComputeUnescapedHash(raw);

        HashCode hash = default;
        hash.AddBytes(raw);
        return hash.ToHashCode();
    }

    private static int ComputeUnescapedHash(ReadOnlySpan<byte> raw)
    {
        HashCode hash = default;
        byte[]? rented = null;
        Span<byte> utf8 = raw.Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        TryUnescape(raw, utf8, out int length);
        hash.AddBytes(utf8[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash.ToHashCode();
    }

    /// <summary>Writes the unescaped text as UTF-8, which is never longer than the string. Returns false if the destination is too
    /// short.</summary>
    internal static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> destination, out int written)
    {
        written = 0;
        if (!raw.Contains((byte)'\\'))
        {
            bool isCopied = raw.TryCopyTo(destination);
            written = isCopied ? raw.Length : 0;
            return isCopied;
        }

        Span<byte> character = stackalloc byte[4];
        while (!raw.IsEmpty)
        {
            int length = ReadCharacter(ref raw, character);
            if (!character[..length].TryCopyTo(destination[written..]))
                return false;
            written += length;
        }

        return true;
    }

    /// <summary>Returns the unescaped text.</summary>
    internal static string GetString(ReadOnlySpan<byte> raw)
    {
        byte[] utf8 = new byte[raw.Length];
        TryUnescape(raw, utf8, out int written);
        return Encoding.UTF8.GetString(utf8, 0, written);
    }

    // Writes the next character as UTF-8 and returns its length in bytes, at most four.
    private static int ReadCharacter(ref ReadOnlySpan<byte> raw, scoped Span<byte> character)
    {
        if (raw[0] != '\\')
        {
            Rune.DecodeFromUtf8(raw, out _, out int length);
            raw[..length].CopyTo(character);
            raw = raw[length..];
            return length;
        }

        if (raw[1] != 'u')
        {
            character[0] = Unescape(raw[1]);
            raw = raw[2..];
            return 1;
        }

        char unit = ReadCodeUnit(raw[2..]);
        raw = raw[6..];
        if (!char.IsHighSurrogate(unit))
            return new Rune(unit).EncodeToUtf8(character);

        Rune pair = new(unit, ReadCodeUnit(raw[2..]));
        raw = raw[6..];
        return pair.EncodeToUtf8(character);
    }

    private static byte Unescape(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    /// <summary>Reads the UTF-16 code unit of four hexadecimal digits.</summary>
    internal static char ReadCodeUnit(ReadOnlySpan<byte> hex) =>
        (char)ushort.Parse(hex[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

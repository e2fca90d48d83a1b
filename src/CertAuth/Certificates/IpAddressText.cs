using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace CertAuth.Certificates;

/// <summary>Parses IP addresses strictly: IPv4 in dotted decimal, and IPv6 in the forms of RFC 4291, 2.2.</summary>
/// <remarks><see cref="System.Net.IPAddress"/> also accepts <c>010.0.0.1</c> (octal), <c>1</c>, zones, brackets and ports.</remarks>
internal static class IpAddressText
{
    /// <summary>The length of the longest form: six groups of four digits and <c>255.255.255.255</c>.</summary>
    internal const int MaxLength = 45;

    // NUL is excluded here, because the number parsers of .NET ignore NUL characters at the end.
    private static readonly SearchValues<char> s_characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Returns the 4 or 16 bytes of the address, or null if the text is not one.</summary>
    internal static byte[]? ParseOrNull(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength || text.ContainsAnyExcept(s_characters))
            return null;
        if (!text.Contains(':'))
            return ParseIPv4OrNull(text);

        // "::" replaces one or more groups of zeros, and occurs at most once.
        int gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
            return ParseGroupsOrNull(text) is { Length: 16 } all ? all : null;

        byte[]? head = gap == 0 ? [] : ParseGroupsOrNull(text[..gap], allowIPv4: false);
        byte[]? tail = gap + 2 == text.Length ? [] : ParseGroupsOrNull(text[(gap + 2)..]);
        if (head is null || tail is null || head.Length + tail.Length > 14)
            return null;

        byte[] address = new byte[16];
        head.CopyTo(address, 0);
        tail.CopyTo(address, 16 - tail.Length);
        return address;
    }

    private static byte[]? ParseGroupsOrNull(ReadOnlySpan<char> text, bool allowIPv4 = true)
    {
        List<byte> bytes = new(16);
        Span<byte> group = stackalloc byte[2];
        foreach (Range range in text.Split(':'))
        {
            ReadOnlySpan<char> part = text[range];
            bool isLast = range.End.Value == text.Length;
            if (allowIPv4 && isLast && part.Contains('.'))
            {
                if (ParseIPv4OrNull(part) is not { } ipv4)
                    return null;
                bytes.AddRange(ipv4);
            }
            else
            {
                if (part.Length is 0 or > 4
                    || !ushort.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort number))
                {
                    return null;
                }

                BinaryPrimitives.WriteUInt16BigEndian(group, number);
                bytes.AddRange(group);
            }
        }

        return bytes.Count <= 16 ? [.. bytes] : null;
    }

    // Four decimal numbers from 0 to 255, without leading zeros.
    private static byte[]? ParseIPv4OrNull(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[4];
        int count = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (count == 4 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[count++]))
            {
                return null;
            }
        }

        return count == 4 ? bytes : null;
    }
}

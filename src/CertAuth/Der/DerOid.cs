using System.Globalization;
using System.Numerics;
using System.Text;

namespace CertAuth.Der;

/// <summary>Converts object identifiers between their DER content (X.690, 8.19) and dotted decimal.</summary>
internal static class DerOid
{
    // A ulong holds every arc of up to this many digits, even with the 80 that are added to a second arc. Few arcs need a BigInteger.
    private const int MaxShortDigits = 18;

    /// <summary>Returns whether the content is one DER object identifier: not empty, within the limits, each arc minimal and
    /// complete.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > DerBounds.MaxOidBytes || (content[^1] & 0x80) != 0)
            return false;

        // Most arcs are below 128: one byte each.
        if (Ascii.IsValid(content))
            return true;

        bool startsArc = true;
        foreach (byte b in content)
        {
            if (startsArc && b == 0x80)
                return false;
            startsArc = (b & 0x80) == 0;
        }

        return true;
    }

    /// <summary>Returns the complete dotted form of a valid content.</summary>
    internal static string Format(ReadOnlySpan<byte> content)
    {
        StringBuilder text = new(content.Length * 3);
        BigInteger arc = 0;
        foreach (byte b in content)
        {
            arc = (arc << 7) | (b & 0x7F);
            if ((b & 0x80) != 0)
                continue;

            if (text.Length == 0)
            {
                // X.690, 8.19.4: the first two arcs share a subidentifier.
                int first = (int)BigInteger.Min(arc / 40, 2);
                text.Append(first);
                arc -= first * 40;
            }

            text.Append(CultureInfo.InvariantCulture, $".{arc}");
            arc = 0;
        }

        return text.ToString();
    }

    /// <summary>Returns the DER content of a dotted form, or null if the text is not one or exceeds a limit. Leading zeros are
    /// rejected.</summary>
    internal static byte[]? ParseOrNull(ReadOnlySpan<char> text)
    {
        if (text.Length > DerBounds.MaxOidTextLength)
            return null;

        List<byte> content = new(16);
        int first = 0;
        int arcs = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> digits = text[range];
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits[0] == '0' && digits.Length > 1))
                return null;

            // X.660: the first arc is 0, 1 or 2; below 0 and 1 the second is at most 39.
            if (arcs++ == 0)
            {
                if (digits is not ['0' or '1' or '2'])
                    return null;
                first = digits[0] - '0';
                continue;
            }

            if (arcs == 2 && first < 2 && (digits.Length > 2 || int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) > 39))
                return null;

            AppendArc(content, digits, offset: arcs == 2 ? 40u * (uint)first : 0);
            if (content.Count > DerBounds.MaxOidBytes)
                return null;
        }

        return arcs < 2 ? null : [.. content];
    }

    private static void AppendArc(List<byte> content, ReadOnlySpan<char> digits, uint offset)
    {
        if (digits.Length <= MaxShortDigits)
            AppendArc(content, ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) + offset);
        else
            AppendArc(content, BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) + offset);
    }

    private static void AppendArc(List<byte> content, ulong arc)
    {
        int at = content.Count;
        content.Add((byte)(arc & 0x7F));
        while ((arc >>= 7) > 0)
            content.Insert(at, (byte)((arc & 0x7F) | 0x80));
    }

    private static void AppendArc(List<byte> content, BigInteger arc)
    {
        int at = content.Count;
        content.Add((byte)(arc & 0x7F));
        while ((arc >>= 7) > 0)
            content.Insert(at, (byte)((arc & 0x7F) | 0x80));
    }
}

using System.Buffers;
using System.Net;
using System.Text;
using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Subject alternative names as text, exactly: <c>URI:</c>, <c>IP:</c> and <c>DNS:</c> entries joined by ',', in which ',' and '\' get a
/// backslash.</summary>
/// <remarks>Not as a requirement is read: types in upper case, no white space dropped, no other escape. Entries come out as they went in.</remarks>
internal static class SanText
{
    /// <summary>Octets of DER at most for one of text: <c>IP:::</c> is one of 18, a URI has tag and length instead of its type.</summary>
    private const int MaxGrowth = 4;

    private const byte UriTag = 0x86, DnsTag = 0x82, IpTag = 0x87;
    private const int MaxAddressLength = 45;

    /// <summary>The text of a well-formed extension value, other kinds of name left out; empty for none.</summary>
    internal static string Format(ReadOnlySpan<byte> generalNames)
    {
        StringBuilder text = new();
        SanReader reader = new(generalNames);
        while (reader.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            if (kind is not (SanKind.Uri or SanKind.Dns or SanKind.IpAddress))
                continue;

            text.Append(text.Length == 0 ? "" : ",").Append(kind == SanKind.IpAddress ? "IP" : kind == SanKind.Dns ? "DNS" : "URI").Append(':');
            text.Append(kind == SanKind.IpAddress
                ? new IPAddress(bytes).ToString()
                : SubjectAlternativeName.EscapeValue(Encoding.ASCII.GetString(bytes)));
        }

        return text.ToString();
    }

    /// <summary>GeneralNames, as an extension holds it; null where the text isn't exactly such entries, one or more.</summary>
    /// <param name="text">The caller bounds its length.</param>
    internal static byte[]? ToDerOrNull(ReadOnlySpan<byte> text)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent((MaxGrowth * text.Length) + MaxGrowth);
        DerWriter names = new(room);
        bool isRead;
        do
            isRead = TryReadEntry(ref text, ref names);
        while (isRead && TryReadComma(ref text));

        // The reader of certificates has the last word on characters and lengths.
        byte[]? encoded = isRead && text.IsEmpty && names.TryWrap(0, DerTag.Sequence) && SanReader.IsWellFormed(names.Written)
            ? names.Written.ToArray()
            : null;
        ArrayPool<byte>.Shared.Return(room);
        return encoded;
    }

    // Up to the comma behind the entry, or to the end.
    private static bool TryReadEntry(ref ReadOnlySpan<byte> text, ref DerWriter names)
    {
        byte tag = text.StartsWith("URI:"u8) ? UriTag : text.StartsWith("DNS:"u8) ? DnsTag : text.StartsWith("IP:"u8) ? IpTag : (byte)0;
        if (tag == 0)
            return false;

        text = text[(tag == IpTag ? 3 : 4)..];
        return tag == IpTag ? TryReadAddress(ref text, ref names) : TryReadValue(ref text, ref names, tag);
    }

    private static bool TryReadValue(ref ReadOnlySpan<byte> text, ref DerWriter names, byte tag)
    {
        int start = names.Position;
        while (!text.IsEmpty && text[0] != ',')
        {
            int special = text.IndexOfAny((byte)',', (byte)'\\');
            int plain = special < 0 ? text.Length : special;
            if (!names.TryWrite(text[..plain]))
                return false;

            text = text[plain..];
            if (text is [(byte)'\\', ..])
            {
                if (text is not [_, (byte)',' or (byte)'\\', ..] || !names.TryWrite(text.Slice(1, 1)))
                    return false;
                text = text[2..];
            }
        }

        return names.TryWrap(start, tag);
    }

    private static bool TryReadAddress(ref ReadOnlySpan<byte> text, ref DerWriter names)
    {
        int comma = text.IndexOf((byte)',');
        int length = comma < 0 ? text.Length : comma;
        Span<char> address = stackalloc char[MaxAddressLength];
        if (length > MaxAddressLength)
            return false;

        for (int i = 0; i < length; i++)
            address[i] = (char)text[i];
        text = text[length..];
        int start = names.Position;
        return IpAddressText.ParseOrNull(address[..length]) is { } bytes && names.TryWrite(bytes) && names.TryWrap(start, IpTag);
    }

    private static bool TryReadComma(ref ReadOnlySpan<byte> text)
    {
        bool isThere = text is [(byte)',', ..];
        if (isThere)
            text = text[1..];
        return isThere;
    }
}

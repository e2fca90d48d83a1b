using System.Buffers;
using System.Text;
using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Converts subject alternative names between DER and text: <c>URI:</c>, <c>IP:</c> and <c>DNS:</c> entries joined by ',', in
/// which ',' and '\' are escaped by a backslash.</summary>
/// <remarks>This form is stricter than the text of a requirement: types are in upper case, white space is significant, and there are no
/// other escapes. The conversion is lossless for these kinds of name.</remarks>
internal static class SanText
{
    /// <summary>An upper bound of the number of DER bytes for each byte of text: the 5 bytes <c>IP:::</c> become 18. The other kinds of
    /// name hardly grow, because a tag and a length replace <c>DNS:</c> or <c>URI:</c>.</summary>
    private const int MaxGrowth = 4;

    /// <summary>Returns the text of a well-formed extension value. Other kinds of name are omitted; the text is empty if none
    /// remains.</summary>
    internal static string Format(ReadOnlySpan<byte> generalNames)
    {
        StringBuilder text = new();
        SanReader reader = new(generalNames);
        while (reader.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            SanType type = SanType.Get(kind);
            if (type.HasText)
                text.Append(text.Length == 0 ? "" : ",").Append(type.Label).Append(':').Append(SanType.Escape(type.Format(bytes)!));
        }

        return text.ToString();
    }

    /// <summary>Returns the DER-encoded GeneralNames, or null if the text is not one or more such entries.</summary>
    /// <param name="text">The text in ASCII. The caller limits its length.</param>
    internal static byte[]? ToDerOrNull(ReadOnlySpan<byte> text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((MaxGrowth * text.Length) + MaxGrowth);
        DerWriter names = new(buffer);
        bool isRead;
        do
            isRead = TryReadEntry(ref text, ref names);
        while (isRead && TryReadComma(ref text));

        // The characters and lengths of the entries are checked in the same way as those of a certificate.
        byte[]? encoded = isRead && text.IsEmpty && names.TryWrap(0, DerTag.Sequence) && SanReader.IsWellFormed(names.Written)
            ? names.Written.ToArray()
            : null;
        ArrayPool<byte>.Shared.Return(buffer);
        return encoded;
    }

    // Reads up to the comma after the entry, or to the end.
    private static bool TryReadEntry(ref ReadOnlySpan<byte> text, ref DerWriter names)
    {
        int start = names.Position;
        return ReadTypeOrNull(ref text) is { } type && TryReadValue(ref text, ref names)
            && (type.IsAscii || TryParseValue(type, start, ref names)) && names.TryWrap(start, type.Tag);
    }

    private static SanType? ReadTypeOrNull(ref ReadOnlySpan<byte> text)
    {
        foreach (SanType type in SanType.WithText)
        {
            int colon = type.Label.Length;
            if (text.Length > colon && text[colon] == ':' && Ascii.Equals(text[..colon], type.Label))
            {
                text = text[(colon + 1)..];
                return type;
            }
        }

        return null;
    }

    private static bool TryReadValue(ref ReadOnlySpan<byte> text, ref DerWriter names)
    {
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

        return true;
    }

    // Replaces the text of a value by its bytes.
    private static bool TryParseValue(SanType type, int start, ref DerWriter names)
    {
        Span<char> value = stackalloc char[SanType.ParseBufferLength];
        return Ascii.ToUtf16(names.Written[start..], value, out int length) == OperationStatus.Done
            && type.ParseOrNull(value[..length]) is { } bytes && names.TryReplace(start, bytes);
    }

    private static bool TryReadComma(ref ReadOnlySpan<byte> text)
    {
        bool isComma = text is [(byte)',', ..];
        if (isComma)
            text = text[1..];
        return isComma;
    }
}

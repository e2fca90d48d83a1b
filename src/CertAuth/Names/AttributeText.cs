using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Reads the Unicode text of an attribute value of any ASN.1 string type (X.680, 41).</summary>
internal static class AttributeText
{
    /// <summary>Returns whether values of this type are text. A value of any other type is compared and formatted as DER.</summary>
    internal static bool IsText(byte tag) =>
        tag is DerTag.Utf8String or DerTag.T61String or DerTag.BmpString or DerTag.UniversalString || IsAsciiType(tag);

    /// <summary>Returns whether values of this type are text that contains only ASCII characters.</summary>
    internal static bool IsAsciiType(byte tag) =>
        tag is DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString or DerTag.VisibleString;

    /// <summary>Returns whether an identifier byte can begin a DER value. A type of the universal class must have the only form, primitive
    /// or constructed, that DER permits; other classes may have either.</summary>
    internal static bool IsDerTag(byte tag)
    {
        if ((tag & 0xC0) != 0)
            return true;

        // X.690, 8 and 10.2: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET and CHARACTER STRING are constructed; all others are primitive.
        bool constructed = (tag & DerTag.Constructed) != 0;
        int number = tag & 0x1F;
        return number != 0 && constructed == (number is 8 or 11 or 16 or 17 or 29);
    }

    /// <summary>Returns whether a value is valid for its type. Does not allocate.</summary>
    internal static bool IsValid(byte tag, ReadOnlySpan<byte> value) => tag switch
    {
        DerTag.Utf8String => Utf8.IsValid(value),
        DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString or DerTag.VisibleString => Ascii.IsValid(value),
        DerTag.BmpString => AreValidRunes(value, bytesPerUnit: 2),
        DerTag.UniversalString => AreValidRunes(value, bytesPerUnit: 4),
        _ => IsDerTag(tag),
    };

    /// <summary>Decodes a value of a text type. Returns false if it is malformed. The text has at most as many UTF-16 code units as the
    /// value has bytes.</summary>
    internal static bool TryDecode(byte tag, ReadOnlySpan<byte> value, Span<char> destination, out int written)
    {
        written = 0;
        switch (tag)
        {
            case DerTag.Utf8String:
                return Utf8.ToUtf16(value, destination, out _, out written, replaceInvalidSequences: false) == OperationStatus.Done;

            case DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString or DerTag.VisibleString:
                return Ascii.ToUtf16(value, destination, out written) == OperationStatus.Done;

            case DerTag.T61String:
                written = Encoding.Latin1.GetChars(value, destination);
                return true;

            case DerTag.BmpString:
                return TryDecodeUnits(value, 2, destination, out written);

            case DerTag.UniversalString:
                return TryDecodeUnits(value, 4, destination, out written);

            default:
                throw new ArgumentOutOfRangeException(nameof(tag), tag, "The tag is not that of a text type.");
        }
    }

    /// <summary>Returns whether a BMPString or UniversalString is the same text as UTF-8 that is valid. Does not allocate.</summary>
    internal static bool EqualsRunes(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> value, int bytesPerUnit)
    {
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune wanted, out int consumed);
            if (!TryReadRune(ref value, bytesPerUnit, out Rune found) || found != wanted)
                return false;
            utf8 = utf8[consumed..];
        }

        return value.IsEmpty;
    }

    // A BMPString is read as UTF-16BE, including surrogate pairs. An unpaired surrogate is malformed.
    private static bool TryDecodeUnits(ReadOnlySpan<byte> value, int bytesPerUnit, Span<char> destination, out int written)
    {
        written = 0;
        while (!value.IsEmpty)
        {
            if (!TryReadRune(ref value, bytesPerUnit, out Rune rune))
                return false;
            written += rune.EncodeToUtf16(destination[written..]);
        }

        return true;
    }

    private static bool AreValidRunes(ReadOnlySpan<byte> value, int bytesPerUnit)
    {
        while (!value.IsEmpty)
        {
            if (!TryReadRune(ref value, bytesPerUnit, out _))
                return false;
        }

        return true;
    }

    private static bool TryReadRune(ref ReadOnlySpan<byte> value, int bytesPerUnit, out Rune rune)
    {
        rune = default;
        if (value.Length < bytesPerUnit)
            return false;

        if (bytesPerUnit == 4)
        {
            uint scalar = BinaryPrimitives.ReadUInt32BigEndian(value);
            value = value[4..];
            return Rune.TryCreate(scalar, out rune);
        }

        char first = (char)BinaryPrimitives.ReadUInt16BigEndian(value);
        value = value[2..];
        if (!char.IsHighSurrogate(first))
            return Rune.TryCreate(first, out rune);
        if (value.Length < 2)
            return false;

        char second = (char)BinaryPrimitives.ReadUInt16BigEndian(value);
        value = value[2..];
        return Rune.TryCreate(first, second, out rune);
    }
}

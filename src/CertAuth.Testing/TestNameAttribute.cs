using System.Text;

namespace CertAuth.Testing;

/// <summary>An attribute of a name: a type, and a value in a given string type or as raw bytes.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestNameAttribute
{
    private readonly byte[] _encoded;

    /// <summary>Creates an attribute with a text value. The text may be empty and may contain control characters.</summary>
    /// <param name="type">A short name (C ST L O OU CN emailAddress serialNumber street postalCode DC UID GN SN title; case-sensitive) or a
    /// dotted OID.</param>
    /// <param name="value">The text.</param>
    /// <param name="stringType">The string type that encodes the text.</param>
    /// <exception cref="ArgumentException">The type is unknown, or the string type cannot encode the text.</exception>
    public TestNameAttribute(string type, string value, TestStringType stringType = TestStringType.Default)
    {
        ArgumentNullException.ThrowIfNull(value);
        string oid = AttributeTypes.ToOid(type);
        if (stringType == TestStringType.Default)
            stringType = AttributeTypes.GetDefaultStringType(oid);
        (byte tag, Encoding encoding) = GetEncoding(stringType);
        _encoded = Tlv.Sequence(Tlv.Oid(oid), Tlv.Encode(tag, GetBytes(value, encoding)));
    }

    private TestNameAttribute(byte[] encoded) => _encoded = encoded;

    /// <summary>Creates an attribute with an unchecked value, for malformed and hostile names.</summary>
    /// <param name="type">A short name or a dotted OID.</param>
    /// <param name="tag">The identifier byte (tag) of the value, such as 0x0C for UTF8String.</param>
    /// <param name="content">The content bytes of the value, which are copied. The length that precedes them is correct.</param>
    /// <exception cref="ArgumentException">The type is unknown.</exception>
    public static TestNameAttribute Raw(string type, byte tag, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(Tlv.Sequence(Tlv.Oid(AttributeTypes.ToOid(type)), Tlv.Encode(tag, content)));
    }

    /// <summary>Returns the attribute as DER: a SEQUENCE of type and value.</summary>
    public byte[] Encode() => [.. _encoded];

    private static (byte Tag, Encoding Encoding) GetEncoding(TestStringType stringType) => stringType switch
    {
        TestStringType.Utf8 => (0x0C, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        TestStringType.Numeric => (0x12, CreateStrict(Encoding.ASCII)),
        TestStringType.Printable => (0x13, CreateStrict(Encoding.ASCII)),
        TestStringType.T61 => (0x14, CreateStrict(Encoding.Latin1)),
        TestStringType.Ia5 => (0x16, CreateStrict(Encoding.ASCII)),
        TestStringType.Visible => (0x1A, CreateStrict(Encoding.ASCII)),
        TestStringType.Universal => (0x1C, new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        TestStringType.Bmp => (0x1E, new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(stringType), stringType, "The string type is undefined."),
    };

    private static Encoding CreateStrict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static byte[] GetBytes(string value, Encoding encoding)
    {
        try
        {
            return encoding.GetBytes(value);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The string type cannot encode the character at index {e.Index}. Choose another string type, or use {nameof(Raw)}.",
                nameof(value), e);
        }
    }
}

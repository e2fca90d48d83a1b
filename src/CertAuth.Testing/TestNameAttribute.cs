using System.Text;

namespace CertAuth.Testing;

/// <summary>One attribute of a name: a type and a value in a string type of choice, or in raw octets.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class TestNameAttribute
{
    private readonly byte[] _encoded;

    /// <summary>An attribute with a text as its value; the text may be empty and may hold control characters.</summary>
    /// <param name="type">A short name (C ST L O OU CN emailAddress serialNumber street postalCode DC UID GN SN title, spelled so), or a
    /// dotted OID.</param>
    /// <param name="value">The text.</param>
    /// <param name="stringType">How the text is encoded.</param>
    /// <exception cref="ArgumentException">The type is unknown, or the string type can't hold the text.</exception>
    public TestNameAttribute(string type, string value, TestStringType stringType = TestStringType.Default)
    {
        ArgumentNullException.ThrowIfNull(value);
        string oid = AttributeTypes.ToOid(type);
        if (stringType == TestStringType.Default)
            stringType = AttributeTypes.DefaultStringType(oid);
        (byte tag, Encoding encoding) = GetEncoding(stringType);
        _encoded = Tlv.Sequence(Tlv.Oid(oid), Tlv.Encode(tag, GetBytes(value, encoding, stringType)));
    }

    private TestNameAttribute(byte[] encoded) => _encoded = encoded;

    /// <summary>An attribute whose value nobody checks: for malformed and hostile ones.</summary>
    /// <param name="type">A short name or a dotted OID.</param>
    /// <param name="tag">The value's identifier octet, such as 0x0C for UTF8String.</param>
    /// <param name="content">The value's content octets, copied; the length before them is written correctly.</param>
    /// <exception cref="ArgumentException">The type is unknown.</exception>
    public static TestNameAttribute Raw(string type, byte tag, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(Tlv.Sequence(Tlv.Oid(AttributeTypes.ToOid(type)), Tlv.Encode(tag, content)));
    }

    /// <summary>The DER of the attribute: a SEQUENCE of type and value.</summary>
    public byte[] Encode() => [.. _encoded];

    private static (byte Tag, Encoding Encoding) GetEncoding(TestStringType stringType) => stringType switch
    {
        TestStringType.Utf8 => (0x0C, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        TestStringType.Numeric => (0x12, Strict(Encoding.ASCII)),
        TestStringType.Printable => (0x13, Strict(Encoding.ASCII)),
        TestStringType.T61 => (0x14, Strict(Encoding.Latin1)),
        TestStringType.Ia5 => (0x16, Strict(Encoding.ASCII)),
        TestStringType.Visible => (0x1A, Strict(Encoding.ASCII)),
        TestStringType.Universal => (0x1C, new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        TestStringType.Bmp => (0x1E, new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(stringType), stringType, "Unknown string type."),
    };

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static byte[] GetBytes(string value, Encoding encoding, TestStringType stringType)
    {
        try
        {
            return encoding.GetBytes(value);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The character at index {e.Index} can't be written as {stringType}. Choose another string type, or use {nameof(Raw)}.",
                nameof(value), e);
        }
    }
}

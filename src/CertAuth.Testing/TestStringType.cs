namespace CertAuth.Testing;

/// <summary>The ASN.1 string type of an attribute value.</summary>
public enum TestStringType
{
    /// <summary>The choice of OpenSSL: PrintableString for C and serialNumber, IA5String for emailAddress and DC, UTF8String for all other
    /// types.</summary>
    Default = 0,

    /// <summary>UTF8String.</summary>
    Utf8 = 1,

    /// <summary>PrintableString. Accepts every ASCII character, including those outside its alphabet, such as <c>@</c>, <c>*</c> and
    /// <c>_</c>.</summary>
    Printable = 2,

    /// <summary>IA5String: ASCII.</summary>
    Ia5 = 3,

    /// <summary>NumericString. Accepts every ASCII character.</summary>
    Numeric = 4,

    /// <summary>VisibleString. Accepts every ASCII character.</summary>
    Visible = 5,

    /// <summary>T61String (TeletexString), encoded as Latin-1, as is common practice.</summary>
    T61 = 6,

    /// <summary>BMPString: UTF-16, big-endian.</summary>
    Bmp = 7,

    /// <summary>UniversalString: UTF-32, big-endian.</summary>
    Universal = 8,
}

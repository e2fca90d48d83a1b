namespace CertAuth.Testing;

/// <summary>The ASN.1 string type that holds an attribute's value.</summary>
public enum TestStringType
{
    /// <summary>As OpenSSL chooses: PrintableString for C and serialNumber, IA5String for emailAddress and DC, UTF8String for the
    /// others.</summary>
    Default = 0,

    /// <summary>UTF8String.</summary>
    Utf8 = 1,

    /// <summary>PrintableString. Any ASCII character is taken, also those outside its alphabet, such as <c>@</c>, <c>*</c> and
    /// <c>_</c>.</summary>
    Printable = 2,

    /// <summary>IA5String: ASCII.</summary>
    Ia5 = 3,

    /// <summary>NumericString. Any ASCII character is taken.</summary>
    Numeric = 4,

    /// <summary>VisibleString. Any ASCII character is taken.</summary>
    Visible = 5,

    /// <summary>T61String (TeletexString), written as Latin-1, as everyone does.</summary>
    T61 = 6,

    /// <summary>BMPString: UTF-16, big-endian.</summary>
    Bmp = 7,

    /// <summary>UniversalString: UTF-32, big-endian.</summary>
    Universal = 8,
}

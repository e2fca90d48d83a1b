namespace CertAuth.Names;

/// <summary>The kinds of errors in a distinguished name.</summary>
public enum NameErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    // Errors in text

    /// <summary>The text does not begin with a slash.</summary>
    MissingSlash = 1,

    /// <summary>A type is not followed by an equals sign.</summary>
    MissingEquals = 2,

    /// <summary>The type is neither a known short name nor a dotted object identifier.</summary>
    UnknownType = 3,

    /// <summary>The names of two types differ only in case, and the text has neither spelling: <c>Uid</c> can be <c>UID</c> or
    /// <c>uid</c>.</summary>
    AmbiguousType = 4,

    /// <summary>A backslash is not followed by a valid escape.</summary>
    BadEscape = 5,

    /// <summary>A hexadecimal escape represents a printable ASCII character.</summary>
    UnnecessaryHexEscape = 6,

    /// <summary>The bytes of a value are not UTF-8, or the text contains an unpaired surrogate.</summary>
    InvalidUnicode = 7,

    /// <summary>A control character is not escaped.</summary>
    ControlCharacter = 8,

    /// <summary>A value begins with an unescaped quotation mark.</summary>
    LeadingQuote = 9,

    /// <summary>A value begins with a number sign, but what follows is not one DER value in hexadecimal, or its type is text.</summary>
    BadHexValue = 10,

    /// <summary>A space is between a separator and a type, or between a type and its equals sign.</summary>
    SpaceAroundType = 11,

    /// <summary>The text has more than 1,048,576 characters, or one RDN, in text or DER, has more than 64 attributes.</summary>
    TooLarge = 12,

    /// <summary>A slash or plus sign inside a value is followed by an unknown type and an equals sign.</summary>
    UnescapedSeparator = 13,

    // Errors in DER

    /// <summary>The data is not the DER encoding of one Name (RFC 5280, 4.1.2.4), or is larger than 128 KiB.</summary>
    NotDer = 20,

    /// <summary>An RDN has no attributes.</summary>
    EmptyRdn = 21,

    /// <summary>An object identifier is malformed or longer than 256 bytes.</summary>
    BadObjectIdentifier = 22,

    /// <summary>A value is not valid for its string type.</summary>
    BadString = 23,
}

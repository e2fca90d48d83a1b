namespace CertAuth.Names;

/// <summary>The kinds of errors in a distinguished name.</summary>
public enum NameErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    // Text.

    /// <summary>The text does not begin with a slash.</summary>
    MissingSlash = 1,

    /// <summary>A type is not followed by an equals sign.</summary>
    MissingEquals = 2,

    /// <summary>The type is neither a known short name nor a dotted object identifier.</summary>
    UnknownType = 3,

    /// <summary>Two types have this name, and differ only in its case (<c>UID</c> and <c>uid</c>, <c>mail</c> and <c>Mail</c>).</summary>
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

    /// <summary>A value begins with a number sign that is not followed by one DER value in hexadecimal, of a type that is not
    /// text.</summary>
    BadHexValue = 10,

    /// <summary>A space is between a separator and a type, or between a type and its equals sign.</summary>
    SpaceAroundType = 11,

    /// <summary>The text is too long, or one RDN has too many attributes.</summary>
    TooLarge = 12,

    /// <summary>A slash or plus sign inside a value is followed by text in the form of a type, which is not a known type.</summary>
    UnescapedSeparator = 13,

    // DER.

    /// <summary>The data is not the DER encoding of one Name (RFC 5280, 4.1.2.4).</summary>
    NotDer = 20,

    /// <summary>An RDN has no attributes.</summary>
    EmptyRdn = 21,

    /// <summary>An object identifier is malformed or longer than 256 bytes.</summary>
    BadObjectIdentifier = 22,

    /// <summary>A value is not valid for its string type.</summary>
    BadString = 23,
}

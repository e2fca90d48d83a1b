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

/// <summary>An error in a distinguished name.</summary>
/// <param name="Kind">The kind of error; <see cref="NameErrorKind.None"/> if there is none.</param>
/// <param name="Index">The 0-based index of the error: in UTF-16 code units for text, in bytes for DER.</param>
public readonly record struct NameError(NameErrorKind Kind, int Index)
{
    /// <summary>Returns a sentence that says what to change. It does not repeat the text that was parsed.</summary>
    public override string ToString() => Kind switch
    {
        NameErrorKind.None => "No error.",
        NameErrorKind.MissingSlash => $"A name begins with '/', as in /C=US/CN=alice; expected '/' at index {Index}.",
        NameErrorKind.MissingEquals => $"Expected '=' after the attribute type at index {Index}.",
        NameErrorKind.UnknownType => $"Unknown attribute type at index {Index}; write a short name such as CN, or a dotted OID.",
        NameErrorKind.AmbiguousType => $"The attribute type at index {Index} means two types; write it in the exact case.",
        NameErrorKind.BadEscape => $"Unknown escape at index {Index}; write a backslash as \\\\.",
        NameErrorKind.UnnecessaryHexEscape => $"The escape at index {Index} represents a printable character; write the character, or \\\\ for a backslash.",
        NameErrorKind.InvalidUnicode =>
            $"The value at index {Index} is not UTF-8. If OpenSSL printed the bytes of another string type, write the text itself.",
        NameErrorKind.ControlCharacter => $"Control character at index {Index}; write it as \\xHH.",
        NameErrorKind.LeadingQuote =>
            $"Quotation mark at index {Index}, as in OpenSSL's display form. Write the value without quotes, or \\\" for a quotation mark.",
        NameErrorKind.BadHexValue =>
            $"Expected the hex of one DER value that is not text after '#' at index {Index}; write \\# for a value that begins with '#'.",
        NameErrorKind.SpaceAroundType => $"Space at index {Index} around an attribute type; remove it, or write '\\ ' if it belongs to the value.",
        NameErrorKind.TooLarge => $"The name exceeds a limit at index {Index}: its length, or 64 attributes in one RDN.",
        NameErrorKind.UnescapedSeparator =>
            $"Unknown attribute type at index {Index}; if the separator before it belongs to the value, write \\/ or \\+.",
        NameErrorKind.NotDer => $"Not DER at byte {Index}.",
        NameErrorKind.EmptyRdn => $"An RDN without attributes at byte {Index}.",
        NameErrorKind.BadObjectIdentifier => $"Malformed or too long object identifier at byte {Index}.",
        NameErrorKind.BadString => $"A value that is not valid for its string type at byte {Index}.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

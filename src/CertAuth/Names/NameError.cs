namespace CertAuth.Names;

/// <summary>What is wrong with a distinguished name.</summary>
public enum NameErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    // Text.

    /// <summary>The text doesn't begin with a slash.</summary>
    MissingSlash = 1,

    /// <summary>A type without an equals sign.</summary>
    MissingEquals = 2,

    /// <summary>No known short name and no dotted object identifier.</summary>
    UnknownType = 3,

    /// <summary>Two types differ in the case of this name alone (<c>UID</c> and <c>uid</c>, <c>mail</c> and <c>Mail</c>).</summary>
    AmbiguousType = 4,

    /// <summary>A backslash before something that is no escape.</summary>
    BadEscape = 5,

    /// <summary>A hexadecimal escape for a printable ASCII character.</summary>
    NeedlessHexEscape = 6,

    /// <summary>The octets of a value are not UTF-8, or the text holds a lone surrogate.</summary>
    InvalidUnicode = 7,

    /// <summary>A control character that isn't escaped.</summary>
    ControlCharacter = 8,

    /// <summary>A value that begins with a quotation mark that isn't escaped.</summary>
    LeadingQuote = 9,

    /// <summary>A value that begins with a number sign, and then isn't the hex of one DER value of a type that is not text.</summary>
    BadHexValue = 10,

    /// <summary>A blank between a separator and a type, or between a type and its equals sign.</summary>
    BlankAroundType = 11,

    /// <summary>Over a bound: the length of the text, or the number of attributes in one RDN.</summary>
    TooLarge = 12,

    /// <summary>A slash or plus sign inside a value is followed by what looks like a type, and isn't a known one.</summary>
    UnescapedSeparator = 13,

    // DER.

    /// <summary>Not the DER encoding of one Name (RFC 5280, 4.1.2.4).</summary>
    NotDer = 20,

    /// <summary>An RDN without attributes.</summary>
    EmptyRdn = 21,

    /// <summary>An object identifier that is malformed or longer than 256 octets.</summary>
    BadObjectIdentifier = 22,

    /// <summary>A value that isn't valid in its string type.</summary>
    BadString = 23,
}

/// <summary>What is wrong with a distinguished name, and where.</summary>
/// <param name="Kind">What is wrong; <see cref="NameErrorKind.None"/> when nothing is.</param>
/// <param name="Index">Where: a 0-based index in UTF-16 code units for text, in octets for DER.</param>
public readonly record struct NameError(NameErrorKind Kind, int Index)
{
    /// <summary>A sentence with the fix in sight. It doesn't repeat the text that was parsed.</summary>
    public override string ToString() => Kind switch
    {
        NameErrorKind.None => "No error.",
        NameErrorKind.MissingSlash => $"A name begins with '/', as in /C=US/CN=alice; expected '/' at index {Index}.",
        NameErrorKind.MissingEquals => $"Expected '=' after the attribute type at index {Index}.",
        NameErrorKind.UnknownType => $"Unknown attribute type at index {Index}; write a short name such as CN, or a dotted OID.",
        NameErrorKind.AmbiguousType => $"The attribute type at index {Index} means two types; write it in the exact case.",
        NameErrorKind.BadEscape => $"Unknown escape at index {Index}; write a backslash as \\\\.",
        NameErrorKind.NeedlessHexEscape => $"The escape at index {Index} stands for a printable character; write the character, or \\\\ for a backslash.",
        NameErrorKind.InvalidUnicode =>
            $"The value at index {Index} is not UTF-8. Where OpenSSL printed raw octets of another string type, write the text itself.",
        NameErrorKind.ControlCharacter => $"Control character at index {Index}; write it as \\xHH.",
        NameErrorKind.LeadingQuote =>
            $"Quotation mark at index {Index}: a trace of OpenSSL's display form. Write the value without quotes, or \\\" to mean one.",
        NameErrorKind.BadHexValue =>
            $"Expected the hex of one DER value that is not text after '#' at index {Index}; write \\# for a value that begins with '#'.",
        NameErrorKind.BlankAroundType => $"Blank at index {Index} around an attribute type; leave it out, or write '\\ ' to mean it.",
        NameErrorKind.TooLarge => $"Over a bound at index {Index}.",
        NameErrorKind.UnescapedSeparator =>
            $"Unknown attribute type at index {Index}; if the separator before it belongs to the value, write \\/ or \\+.",
        NameErrorKind.NotDer => $"Not DER at octet {Index}.",
        NameErrorKind.EmptyRdn => $"An RDN without attributes at octet {Index}.",
        NameErrorKind.BadObjectIdentifier => $"Malformed or too long object identifier at octet {Index}.",
        NameErrorKind.BadString => $"A value that is not valid in its string type at octet {Index}.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

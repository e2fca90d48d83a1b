namespace CertAuth.Requirements;

/// <summary>The kinds of errors in a SAN requirement.</summary>
public enum SanErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The text has no items.</summary>
    Empty = 1,

    /// <summary>An item between two commas, or after the last comma, is empty.</summary>
    EmptyItem = 2,

    /// <summary>An item has no colon.</summary>
    MissingColon = 3,

    /// <summary>A type is none of URI, DNS and IP.</summary>
    UnknownType = 4,

    /// <summary>A type, as OpenSSL prints it, is one that certificates may have and that cannot be required.</summary>
    UnsupportedKind = 5,

    /// <summary>A type has no value.</summary>
    EmptyValue = 6,

    /// <summary>A backslash is followed by something other than a comma or a backslash.</summary>
    BadEscape = 7,

    /// <summary>A value has a control character or a non-ASCII character, which no certificate could match.</summary>
    BadCharacter = 8,

    /// <summary>An address is neither a dotted quad nor an IPv6 address as RFC 4291 writes it.</summary>
    BadAddress = 9,

    /// <summary>The text is longer than 65,536 characters or has more than 512 items.</summary>
    TooLong = 10,
}

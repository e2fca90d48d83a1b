namespace CertAuth.Requirements;

/// <summary>The kinds of errors in a SAN requirement.</summary>
public enum SanErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The text has no items.</summary>
    Empty = 1,

    /// <summary>An item before, between or after commas is empty.</summary>
    EmptyItem = 2,

    /// <summary>An item has no colon.</summary>
    MissingColon = 3,

    /// <summary>A type is not URI, DNS, IP or EMAIL.</summary>
    UnknownType = 4,

    /// <summary>A type is the label that OpenSSL prints for another kind of name, such as <c>DirName</c>. That kind cannot be
    /// required.</summary>
    UnsupportedKind = 5,

    /// <summary>No value follows the colon.</summary>
    EmptyValue = 6,

    /// <summary>A backslash is followed by something other than a comma or a backslash.</summary>
    BadEscape = 7,

    /// <summary>A value has a control character or a non-ASCII character, which no certificate could match.</summary>
    BadCharacter = 8,

    /// <summary>An address is neither an IPv4 address of four decimal numbers without leading zeros nor an IPv6 address (RFC 4291,
    /// 2.2).</summary>
    BadAddress = 9,

    /// <summary>The text is longer than 65,536 characters or has more than 512 items.</summary>
    TooLong = 10,

    /// <summary>A value is not an email address: a local part of 1 to 64 characters, which are letters, digits, some special characters and
    /// dots between them, <c>@</c>, and a domain of letters, digits, hyphens and dots.</summary>
    BadEmail = 11,
}

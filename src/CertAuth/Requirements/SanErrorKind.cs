namespace CertAuth.Requirements;

/// <summary>What is wrong with a SAN requirement.</summary>
public enum SanErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Nothing is required.</summary>
    Empty = 1,

    /// <summary>Nothing between two commas, or after the last.</summary>
    EmptyItem = 2,

    /// <summary>An item without a colon.</summary>
    MissingColon = 3,

    /// <summary>A type other than URI, DNS and IP.</summary>
    UnknownType = 4,

    /// <summary>A kind of name that certificates have and that can't be required, as OpenSSL prints it.</summary>
    UnsupportedKind = 5,

    /// <summary>A type without a value.</summary>
    EmptyValue = 6,

    /// <summary>A backslash before something else than a comma or a backslash.</summary>
    BadEscape = 7,

    /// <summary>A control character or a character outside ASCII: it could never match.</summary>
    BadCharacter = 8,

    /// <summary>Not a dotted quad, and no IPv6 address as RFC 4291 writes it.</summary>
    BadAddress = 9,

    /// <summary>Longer than 65,536 characters, or more than 512 items.</summary>
    TooLong = 10,
}

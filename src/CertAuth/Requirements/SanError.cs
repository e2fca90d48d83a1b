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

/// <summary>What is wrong with a SAN requirement, and where.</summary>
/// <param name="Kind">What is wrong; <see cref="SanErrorKind.None"/> when nothing is.</param>
/// <param name="Index">Where: 0-based, in UTF-16 code units.</param>
public readonly record struct SanError(SanErrorKind Kind, int Index)
{
    /// <summary>A sentence with the fix in sight. It doesn't repeat the text that was parsed.</summary>
    public override string ToString() => Kind switch
    {
        SanErrorKind.None => "No error.",
        SanErrorKind.Empty => "Expected at least one item, as in DNS:db.example.",
        SanErrorKind.EmptyItem => $"Expected an item at index {Index}; leave out the comma that is too many.",
        SanErrorKind.MissingColon => $"Expected a type and a colon at index {Index}, as in DNS:db.example; write \\, for a comma in a value.",
        SanErrorKind.UnknownType => $"Unknown type at index {Index}; write URI, DNS or IP.",
        SanErrorKind.UnsupportedKind => $"The kind of name at index {Index} can't be required; leave it out.",
        SanErrorKind.EmptyValue => $"Expected a value at index {Index}.",
        SanErrorKind.BadEscape => $"Unknown escape at index {Index}; write \\, for a comma and \\\\ for a backslash.",
        SanErrorKind.BadCharacter =>
            $"Control or non-ASCII character at index {Index}; write a DNS name as A-label (xn--) and percent-encode a URI.",
        SanErrorKind.BadAddress => $"Expected an address at index {Index}, such as 10.0.0.1 or 2001:db8::1, without zone, brackets or port.",
        SanErrorKind.TooLong => $"Over a bound at index {Index}: {SanRequirement.MaxLength} characters, {SanRequirement.MaxItems} items.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>An error in a SAN requirement.</summary>
/// <remarks>The default value is no error. The error does not contain any part of the text that was parsed.</remarks>
public readonly record struct SanError
{
    internal SanError(SanErrorKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>Gets the kind of error; <see cref="SanErrorKind.None"/> if there is none.</summary>
    public SanErrorKind Kind { get; }

    /// <summary>Gets the 0-based index of the error in the text, in UTF-16 code units.</summary>
    public int Index { get; }

    /// <summary>Returns a sentence that says what is wrong and what to write instead.</summary>
    public override string ToString() => Kind switch
    {
        SanErrorKind.None => "No error.",
        SanErrorKind.Empty => "Expected at least one item, as in DNS:db.example.",
        SanErrorKind.EmptyItem => $"Expected an item at index {Index}; remove the extra comma.",
        SanErrorKind.MissingColon =>
            $"Expected a type and a colon at index {Index}, as in DNS:db.example; write \\, for a comma in a value.",
        SanErrorKind.UnknownType => $"Unknown type at index {Index}; write {SanType.RequirableLabels}.",
        SanErrorKind.UnsupportedKind => $"The kind of name at index {Index} cannot be required; remove it.",
        SanErrorKind.EmptyValue => $"Expected a value at index {Index}.",
        SanErrorKind.BadEscape => $"Unknown escape at index {Index}; write \\, for a comma and \\\\ for a backslash.",
        SanErrorKind.BadCharacter =>
            $"Control or non-ASCII character at index {Index}; write a DNS name as A-labels (xn--) and percent-encode a URI.",
        SanErrorKind.BadAddress =>
            $"Expected an address at index {Index}, such as 10.0.0.1 or 2001:db8::1, without a zone, brackets or a port.",
        SanErrorKind.BadEmail =>
            $"Expected an email address at index {Index}, such as alice@example.com, in ASCII, without quotes and with a domain name.",
        SanErrorKind.TooLong =>
            $"The requirement is too long at index {Index}; the maximum is {RequirementBounds.MaxSanLength} characters "
            + $"and {RequirementBounds.MaxSanItems} items.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

namespace CertAuth.Names;

/// <summary>An error in a distinguished name. The default value is no error.</summary>
public readonly record struct NameError
{
    internal NameError(NameErrorKind kind, int index)
    {
        Kind = kind;
        Index = index;
    }

    /// <summary>Gets the kind of error, or <see cref="NameErrorKind.None"/>.</summary>
    public NameErrorKind Kind { get; }

    /// <summary>Gets the 0-based index of the error: in UTF-16 code units of a text, or in bytes of DER.</summary>
    public int Index { get; }

    /// <summary>Returns sentences that describe the error and say what to change. They do not repeat the text that was parsed.</summary>
    public override string ToString() => Kind switch
    {
        NameErrorKind.None => "No error.",
        NameErrorKind.MissingSlash => $"A name begins with '/', as in /C=US/CN=alice. There is no '/' at index {Index}.",
        NameErrorKind.MissingEquals => $"The attribute type at index {Index} is not followed by '='.",
        NameErrorKind.UnknownType => $"The attribute type at index {Index} is unknown. Write a short name such as CN, or a dotted OID.",
        NameErrorKind.AmbiguousType => $"The attribute type at index {Index} is the name of two types. Write it in the exact case.",
        NameErrorKind.BadEscape => $"The escape at index {Index} is unknown. Write a backslash as \\\\.",
        NameErrorKind.UnnecessaryHexEscape =>
            $"The escape at index {Index} represents a printable character. Write the character itself, or \\\\ for a backslash.",
        NameErrorKind.InvalidUnicode =>
            $"The value at index {Index} is not UTF-8. If OpenSSL printed the bytes of another string type, write the text itself.",
        NameErrorKind.ControlCharacter => $"The control character at index {Index} is not escaped. Write it as \\xHH.",
        NameErrorKind.LeadingQuote =>
            $"The value at index {Index} begins with a quotation mark, as in OpenSSL's display form. "
            + "Write the value without quotes, or \\\" for a quotation mark.",
        NameErrorKind.BadHexValue =>
            $"The '#' at index {Index} is not followed by the hexadecimal form of one DER value that is not text. "
            + "Write \\# for a value that begins with '#'.",
        NameErrorKind.SpaceAroundType =>
            $"There is a space around an attribute type at index {Index}. Remove it, or write '\\ ' if it belongs to the value.",
        NameErrorKind.TooLarge =>
            $"The name exceeds a limit at index {Index}. The limits are 1,048,576 characters of text and 64 attributes in one RDN.",
        NameErrorKind.UnescapedSeparator =>
            $"The attribute type at index {Index} is unknown. If the separator before it belongs to the value, write \\/ or \\+.",
        NameErrorKind.NotDer => $"The name is not DER or is larger than 128 KiB; the error is at byte {Index}.",
        NameErrorKind.EmptyRdn => $"The RDN at byte {Index} has no attributes.",
        NameErrorKind.BadObjectIdentifier => $"The object identifier at byte {Index} is malformed or longer than 256 bytes.",
        NameErrorKind.BadString => $"The value at byte {Index} is not valid for its string type.",
        _ => $"The name has error {(int)Kind} at index {Index}.",
    };
}

namespace CertAuth.Requirements;

/// <summary>An error in SHA-256 digests.</summary>
/// <remarks>The default value is no error. The error does not contain any part of the text that was parsed.</remarks>
public readonly record struct DigestError
{
    internal DigestError(DigestErrorKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>Gets the kind of error; <see cref="DigestErrorKind.None"/> if there is none.</summary>
    public DigestErrorKind Kind { get; }

    /// <summary>Gets the 0-based index of the error in the text, in UTF-16 code units.</summary>
    public int Index { get; }

    /// <summary>Returns a sentence that says what is wrong and what to write instead.</summary>
    public override string ToString() => Kind switch
    {
        DigestErrorKind.None => "No error.",
        DigestErrorKind.NotSha256 => $"The digest at index {Index} has the length of SHA-1 or MD5. Use SHA-256.",
        DigestErrorKind.BadLength => $"Expected 64 hexadecimal digits or 43 base64 characters at index {Index}.",
        DigestErrorKind.BadCharacter =>
            $"Unexpected character at index {Index}; write hexadecimal digits, or the characters of one base64 alphabet.",
        DigestErrorKind.SpareBits => $"The last base64 character, at index {Index}, has unused bits that are not zero.",
        DigestErrorKind.RepeatedDigest => $"The digest at index {Index} is repeated; write each digest once.",
        DigestErrorKind.TooManyDigests =>
            $"The digest at index {Index} is one too many; the maximum is {RequirementBounds.MaxDigests}.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

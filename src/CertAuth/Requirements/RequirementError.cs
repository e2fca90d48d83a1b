using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>An error in a REQUIRE clause, a stored requirement or a requirement that is being built.</summary>
/// <remarks>The default value is no error. The error does not contain any part of the text that was parsed.</remarks>
public readonly record struct RequirementError
{
    internal RequirementError(RequirementErrorKind kind, int index, RequirementPart part = RequirementPart.None) =>
        (Kind, Index, Part) = (kind, index, part);

    /// <summary>Gets the kind of error; <see cref="RequirementErrorKind.None"/> if there is none.</summary>
    public RequirementErrorKind Kind { get; }

    /// <summary>Gets the 0-based index of the error, in UTF-16 code units: in the clause if a clause was parsed, or in the text of the
    /// value for a stored requirement and for <see cref="LoginRequirement.TryOf"/>.</summary>
    public int Index { get; private init; }

    /// <summary>Gets the part of the requirement that has the error; <see cref="RequirementPart.None"/> if the error is in no single
    /// part.</summary>
    public RequirementPart Part { get; }

    /// <summary>Gets the kind of error in the name if <see cref="Kind"/> is <see cref="RequirementErrorKind.BadName"/>; otherwise,
    /// <see cref="NameErrorKind.None"/>.</summary>
    public NameErrorKind Name { get; internal init; }

    /// <summary>Gets the kind of error in the subject alternative names if <see cref="Kind"/> is <see cref="RequirementErrorKind.BadSan"/>;
    /// otherwise, <see cref="SanErrorKind.None"/>.</summary>
    public SanErrorKind San { get; internal init; }

    /// <summary>Gets the kind of error in the cipher suites if <see cref="Kind"/> is <see cref="RequirementErrorKind.BadCipher"/>;
    /// otherwise, <see cref="CipherListErrorKind.None"/>.</summary>
    public CipherListErrorKind Cipher { get; internal init; }

    /// <summary>Gets the kind of error in the digests if <see cref="Kind"/> is <see cref="RequirementErrorKind.BadDigest"/>; otherwise,
    /// <see cref="DigestErrorKind.None"/>.</summary>
    public DigestErrorKind Digest { get; internal init; }

    /// <summary>Gets the name of a cipher suite in use today that is most similar to an unknown one; null if there is no suggestion. See
    /// <see cref="CipherListError.Suggestion"/>.</summary>
    public string? Suggestion { get; internal init; }

    /// <summary>Returns a sentence that says what is wrong and what to write instead.</summary>
    public override string ToString() => Kind switch
    {
        RequirementErrorKind.None => "No error.",
        RequirementErrorKind.TooLong =>
            "The requirement is too long, as written, in canonical form or in stored form; "
            + $"the maximum is {RequirementBounds.MaxClauseLength} characters.",
        RequirementErrorKind.ExpectedRequirement => $"Expected NONE, SSL, X509 or an option at index {Index}.",
        RequirementErrorKind.ExpectedOption => $"Expected {RequirementPartNames.Options} at index {Index}.",
        RequirementErrorKind.DanglingAnd => $"Expected {RequirementPartNames.Options} after AND, at index {Index}.",
        RequirementErrorKind.UnexpectedText =>
            $"Only TOKEN_ISSUER can follow NONE, SSL and X509; expected the end of the clause at index {Index}.",
        RequirementErrorKind.RepeatedOption => $"{Keyword} is repeated at index {Index}; write each option once.",
        RequirementErrorKind.ExpectedString => $"Expected a quoted string after {Keyword}, at index {Index}.",
        RequirementErrorKind.UnterminatedString => $"The string at index {Index} has no closing quote.",
        RequirementErrorKind.BadStringEscape => $"Unknown escape at index {Index}; write \\\\ for a backslash in a string.",
        RequirementErrorKind.EmptyValue => $"The value of {Keyword} at index {Index} is empty; omit the option to accept any value.",
        RequirementErrorKind.BadName => $"{Keyword}: {new NameError(Name, Index)}",
        RequirementErrorKind.BadSan => $"{Keyword}: {new SanError(San, Index)}",
        RequirementErrorKind.BadCipher => $"{Keyword}: {new CipherListError(Cipher, Index, Suggestion)}",
        RequirementErrorKind.BadTokenIssuer =>
            $"The token issuer has an unpaired surrogate at index {Index}; write well-formed Unicode text.",
        RequirementErrorKind.BadDigest => $"{Keyword}: {new DigestError(Digest, Index)}",
        RequirementErrorKind.TooManyAlternatives =>
            $"The alternative at index {Index} is one too many; the maximum is {RequirementBounds.MaxAlternatives}.",
        RequirementErrorKind.RepeatedAlternative => $"The alternative at index {Index} is repeated; write each alternative once.",
        RequirementErrorKind.PointlessAlternative =>
            $"The alternative at index {Index} has no option other than TOKEN_ISSUER, so the others would have no effect; remove it.",
        RequirementErrorKind.DanglingOr => $"Expected {RequirementPartNames.Options} after OR, at index {Index}.",
        RequirementErrorKind.TokenIssuerDiffers =>
            $"The alternative at index {Index} has another TOKEN_ISSUER than the first; write the same one in each alternative.",
        RequirementErrorKind.UnexpectedParenthesis =>
            $"Unexpected parenthesis at index {Index}; repeat the common options in each alternative.",
        RequirementErrorKind.NotStorable =>
            $"{(Part == RequirementPart.Record ? "The clause" : Keyword)} cannot be stored in this format: {Obstacle}.",
        RequirementErrorKind.BadRecord =>
            "The stored requirement is not one JSON object in which each known member occurs at most once and has the right type.",
        RequirementErrorKind.SslTypeMismatch => "The stored ssl_type is out of range or does not fit the stored options.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };

    /// <summary>Returns the error with another index.</summary>
    internal RequirementError WithIndex(int index) => this with { Index = index };

    /// <summary>Gets the reason why a server would not enforce the part, as the end of a sentence.</summary>
    internal string? Obstacle { get; init; }

    private string Keyword => RequirementPartNames.GetName(Part);
}

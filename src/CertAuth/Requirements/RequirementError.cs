using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>What is wrong with a REQUIRE clause or a stored requirement, and where.</summary>
public readonly record struct RequirementError
{
    internal RequirementError(RequirementErrorKind kind, int index, RequirementPart part = RequirementPart.None) =>
        (Kind, Index, Part) = (kind, index, part);

    /// <summary>What is wrong; <see cref="RequirementErrorKind.None"/> when nothing is.</summary>
    public RequirementErrorKind Kind { get; }

    /// <summary>Where in the clause, 0-based, in UTF-16 code units. Within a value of a stored record: where in that value.</summary>
    public int Index { get; private init; }

    /// <summary>The option in which the error stands, if any.</summary>
    public RequirementPart Part { get; }

    /// <summary>What is wrong with the name, where <see cref="Kind"/> is <see cref="RequirementErrorKind.BadName"/>.</summary>
    public NameErrorKind Name { get; internal init; }

    /// <summary>What is wrong with the list, where <see cref="Kind"/> is <see cref="RequirementErrorKind.BadSan"/>.</summary>
    public SanErrorKind San { get; internal init; }

    /// <summary>What is wrong with the list, where <see cref="Kind"/> is <see cref="RequirementErrorKind.BadCipher"/>.</summary>
    public CipherListErrorKind Cipher { get; internal init; }

    /// <summary>The nearest name of a cipher suite in use today, where one is unknown.</summary>
    public string? Suggestion { get; internal init; }

    /// <summary>A sentence with the fix in sight. It doesn't repeat the text that was parsed.</summary>
    public override string ToString() => Kind switch
    {
        RequirementErrorKind.None => "No error.",
        RequirementErrorKind.TooLong => $"The clause, or what it prints as, is over a bound: {LoginRequirement.MaxClauseLength} characters.",
        RequirementErrorKind.ExpectedRequirement => $"Expected NONE, SSL, X509 or an option at index {Index}.",
        RequirementErrorKind.ExpectedOption => $"Expected SUBJECT, ISSUER, SAN, CIPHER or TOKEN_ISSUER at index {Index}.",
        RequirementErrorKind.DanglingAnd => $"Expected SUBJECT, ISSUER, SAN, CIPHER or TOKEN_ISSUER after AND, at index {Index}.",
        RequirementErrorKind.UnexpectedText => $"NONE, SSL and X509 stand alone or beside TOKEN_ISSUER; expected the end at index {Index}.",
        RequirementErrorKind.RepeatedOption => $"{Keyword} stands twice, again at index {Index}.",
        RequirementErrorKind.ExpectedString => $"Expected a quoted string after {Keyword}, at index {Index}.",
        RequirementErrorKind.UnterminatedString => $"The string at index {Index} has no closing quote.",
        RequirementErrorKind.BadStringEscape => $"Unknown escape at index {Index}; write a backslash twice within quotes.",
        RequirementErrorKind.EmptyValue => $"The value of {Keyword} at index {Index} is empty; leave the option out to demand nothing.",
        RequirementErrorKind.BadName => $"{Keyword}: {new NameError(Name, Index)}",
        RequirementErrorKind.BadSan => $"{Keyword}: {new SanError(San, Index)}",
        RequirementErrorKind.BadCipher => $"{Keyword}: {new CipherListError(Cipher, Index, Suggestion)}",
        RequirementErrorKind.BadTokenIssuer => $"The token issuer at index {Index} is not Unicode text.",
        RequirementErrorKind.BadRecord => "The stored record is not one JSON object with each member once and of its type.",
        RequirementErrorKind.SslTypeMismatch => "The stored ssl_type is out of range or doesn't fit the options beside it.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };

    /// <summary>The same error at another index.</summary>
    internal RequirementError WithIndex(int index) => this with { Index = index };

    private string Keyword => RequirementPartNames.GetName(Part);
}

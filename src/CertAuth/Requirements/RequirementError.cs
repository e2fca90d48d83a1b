using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>What is wrong with a REQUIRE clause or a stored requirement.</summary>
public enum RequirementErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Longer than 1,048,576 characters; or what it prints as, escapes included, is too long to be read back.</summary>
    TooLong = 1,

    /// <summary>Nothing where NONE, SSL, X509 or an option should stand.</summary>
    ExpectedRequirement = 2,

    /// <summary>Something else than an option.</summary>
    ExpectedOption = 3,

    /// <summary>AND with no option after it.</summary>
    DanglingAnd = 4,

    /// <summary>Something other than TOKEN_ISSUER after NONE, SSL or X509.</summary>
    UnexpectedText = 5,

    /// <summary>An option that stands twice.</summary>
    RepeatedOption = 6,

    /// <summary>An option without a string literal after it.</summary>
    ExpectedString = 7,

    /// <summary>A string literal without its closing quote.</summary>
    UnclosedString = 8,

    /// <summary>A backslash in a string literal before something that is no escape.</summary>
    BadStringEscape = 9,

    /// <summary>An empty value.</summary>
    EmptyValue = 10,

    /// <summary>A value that is no distinguished name.</summary>
    BadName = 11,

    /// <summary>A value that is no list of subject alternative names.</summary>
    BadSan = 12,

    /// <summary>A value that names no cipher suites.</summary>
    BadCipher = 13,

    /// <summary>A token issuer that is not Unicode text.</summary>
    BadTokenIssuer = 14,

    /// <summary>A stored record that is not one JSON object with its members as they should be.</summary>
    BadRecord = 20,

    /// <summary>A stored <c>ssl_type</c> that doesn't fit the options stored beside it.</summary>
    SslTypeMismatch = 21,
}

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
        RequirementErrorKind.UnclosedString => $"The string at index {Index} has no closing quote.",
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

    private string Keyword => Part == RequirementPart.TokenIssuer ? "TOKEN_ISSUER" : Part.ToString().ToUpperInvariant();
}

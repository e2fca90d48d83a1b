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
    UnterminatedString = 8,

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

namespace CertAuth.Requirements;

/// <summary>The kinds of errors in a REQUIRE clause, a stored requirement or a requirement that is being built.</summary>
public enum RequirementErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The requirement is longer than 1,048,576 characters, as written, in canonical form or in stored form.</summary>
    TooLong = 1,

    /// <summary>The clause does not begin with NONE, SSL, X509 or an option.</summary>
    ExpectedRequirement = 2,

    /// <summary>The text after an option, or after the token issuer of NONE, SSL or X509, is neither an option nor AND.</summary>
    ExpectedOption = 3,

    /// <summary>No option follows AND.</summary>
    DanglingAnd = 4,

    /// <summary>Something other than TOKEN_ISSUER follows NONE, SSL or X509.</summary>
    UnexpectedText = 5,

    /// <summary>An option is repeated.</summary>
    RepeatedOption = 6,

    /// <summary>No string literal follows the keyword of an option.</summary>
    ExpectedString = 7,

    /// <summary>A string literal has no closing quote.</summary>
    UnterminatedString = 8,

    /// <summary>A backslash in a string literal does not begin a known escape.</summary>
    BadStringEscape = 9,

    /// <summary>A value is empty.</summary>
    EmptyValue = 10,

    /// <summary>A value is not a distinguished name.</summary>
    BadName = 11,

    /// <summary>A value is not a list of subject alternative names.</summary>
    BadSan = 12,

    /// <summary>A value is not a list of cipher suites.</summary>
    BadCipher = 13,

    /// <summary>The token issuer is not well-formed Unicode text.</summary>
    BadTokenIssuer = 14,

    /// <summary>The stored record is not one JSON object in which each known member occurs at most once and has the right type.</summary>
    BadRecord = 20,

    /// <summary>The stored <c>ssl_type</c> is out of range or does not fit the stored options.</summary>
    SslTypeMismatch = 21,
}

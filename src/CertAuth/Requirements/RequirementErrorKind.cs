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

    /// <summary>The text after an option, or after the token issuer of NONE, SSL or X509, is neither an option nor AND nor OR.</summary>
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

    /// <summary>A value is not a list of SHA-256 digests.</summary>
    BadDigest = 15,

    /// <summary>The clause has more than 16 alternatives.</summary>
    TooManyAlternatives = 16,

    /// <summary>An alternative is repeated.</summary>
    RepeatedAlternative = 17,

    /// <summary>NONE, SSL, X509 or TOKEN_ISSUER without another option is an alternative of other options, which would then have no
    /// effect.</summary>
    PointlessAlternative = 18,

    /// <summary>No alternative follows OR.</summary>
    DanglingOr = 19,

    /// <summary>The stored record is not one JSON object in which each known member occurs at most once and has the right type.</summary>
    BadRecord = 20,

    /// <summary>The stored <c>ssl_type</c> is out of range or does not fit the stored options.</summary>
    SslTypeMismatch = 21,

    /// <summary>An alternative has another token issuer than the first, or only one of them has one.</summary>
    TokenIssuerDiffers = 22,

    /// <summary>The clause has a parenthesis outside a string literal.</summary>
    UnexpectedParenthesis = 23,

    /// <summary>The server would not enforce a part of the requirement, so it is not stored.</summary>
    NotStorable = 24,
}

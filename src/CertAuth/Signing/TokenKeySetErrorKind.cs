namespace CertAuth.Signing;

/// <summary>The kinds of errors in a JWK set.</summary>
public enum TokenKeySetErrorKind
{
    /// <summary>There is no error.</summary>
    None = 0,

    /// <summary>The set is larger than 1 MiB or has more than 10,000 keys.</summary>
    TooLarge = 1,

    /// <summary>The text is not strict JSON, is nested more than 32 levels deep, or is neither a JWK set nor a JWK (RFC 7517, 4 and
    /// 5).</summary>
    Malformed = 2,

    /// <summary>Two usable keys have the same <c>kid</c>.</summary>
    RepeatedKeyId = 3,

    /// <summary>The set has no usable key.</summary>
    NoUsableKey = 4,
}

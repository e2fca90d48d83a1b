namespace CertAuth.Testing;

/// <summary>A deliberate fault of a token.</summary>
public enum TestTokenFault
{
    /// <summary>No fault: a valid token.</summary>
    None = 0,

    /// <summary>The token expired six minutes ago, one minute after it was issued. This exceeds the maximum clock skew.</summary>
    Expired = 1,

    /// <summary>The token is issued one hour in the future.</summary>
    IssuedInFuture = 2,

    /// <summary>The header names an algorithm of the same hash length that is not the key's. The signature uses that algorithm if the key
    /// supports it.</summary>
    WrongAlgorithm = 3,

    /// <summary>The last byte of the signature is changed.</summary>
    BadSignature = 4,

    /// <summary>The <c>kid</c> is in no JWK set.</summary>
    UnknownKey = 5,

    /// <summary>The header has <c>alg: none</c>, and there is no signature (RFC 8725, 2.1).</summary>
    Unsigned = 6,

    /// <summary>The signature is an HMAC (HS256), the secret of which is the public key as a JWK (RFC 8725, 2.1).</summary>
    SignedWithPublicKey = 7,
}

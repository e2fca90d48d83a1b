namespace CertAuth.Testing;

/// <summary>What is deliberately wrong with a token.</summary>
public enum TestTokenFault
{
    /// <summary>Nothing: a good token.</summary>
    None = 0,

    /// <summary>It expired six minutes ago, which is beyond any leeway, a minute after it was issued.</summary>
    Expired = 1,

    /// <summary>It was issued an hour from now.</summary>
    IssuedInFuture = 2,

    /// <summary>Its header says another algorithm of the same hash length than the key is for, and it is signed so where the key can.</summary>
    WrongAlgorithm = 3,

    /// <summary>The last octet of its signature is changed.</summary>
    BadSignature = 4,

    /// <summary>Its <c>kid</c> is in no key set.</summary>
    UnknownKey = 5,

    /// <summary>It says <c>alg: none</c> and has no signature (RFC 8725, 2.1).</summary>
    Unsigned = 6,

    /// <summary>It is signed by HMAC with the public key as the secret (RFC 8725, 2.1).</summary>
    SignedWithPublicKey = 7,
}

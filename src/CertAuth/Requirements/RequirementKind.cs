namespace CertAuth.Requirements;

/// <summary>What a REQUIRE clause demands of the connection, roughly.</summary>
public enum RequirementKind
{
    /// <summary>Nothing of the connection. A token issuer may still be named.</summary>
    None = 0,

    /// <summary>TLS.</summary>
    Ssl = 1,

    /// <summary>TLS and a verified client certificate.</summary>
    X509 = 2,

    /// <summary>TLS, a verified client certificate, and what the options name: cipher, issuer, subject, subject alternative names.</summary>
    Specified = 3,

    /// <summary>A stored requirement that can't be read: it denies every login.</summary>
    Malformed = 4,
}

/// <summary>The parts of a REQUIRE clause, in the order in which they are evaluated.</summary>
public enum RequirementPart
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The stored record as a whole.</summary>
    Record = 1,

    /// <summary>TLS.</summary>
    Transport = 2,

    /// <summary>CIPHER.</summary>
    Cipher = 3,

    /// <summary>A verified client certificate.</summary>
    Certificate = 4,

    /// <summary>ISSUER.</summary>
    Issuer = 5,

    /// <summary>SUBJECT.</summary>
    Subject = 6,

    /// <summary>SAN.</summary>
    San = 7,

    /// <summary>TOKEN_ISSUER: a demand on the token, not evaluated against the connection.</summary>
    TokenIssuer = 8,
}

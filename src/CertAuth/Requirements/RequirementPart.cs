namespace CertAuth.Requirements;

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

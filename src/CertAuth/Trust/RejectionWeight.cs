namespace CertAuth.Trust;

/// <summary>Specifies how well a rejection explains why no path was found. A higher weight explains more.</summary>
internal enum RejectionWeight
{
    /// <summary>A possible issuer did not sign the certificate; another one may have.</summary>
    Signature = 0,

    /// <summary>The key of a possible issuer is not accepted, so it is unknown whether it signed the certificate.</summary>
    IssuerKey = 1,

    /// <summary>A certificate of a path whose signatures verify breaks a rule.</summary>
    Rule = 2,

    /// <summary>The search ended before every possible issuer was tried.</summary>
    Exhausted = 3,
}

namespace CertAuth.Tool.Planning;

/// <summary>The effect of a new trust bundle on an account.</summary>
internal enum AccountOutcome
{
    /// <summary>The account requires no certificate.</summary>
    NoCertificateRequired = 0,

    /// <summary>The account keeps its login, and no certificate is lost.</summary>
    Unchanged = 1,

    /// <summary>The account keeps its login with one certificate and loses it with another.</summary>
    LosesCertificate = 2,

    /// <summary>The account had a certificate that was accepted, and now none of its certificates is.</summary>
    LockedOut = 3,

    /// <summary>The account has certificates, and neither the old nor the new bundle verifies one of them.</summary>
    AlreadyLockedOut = 4,

    /// <summary>No certificate has the names that the account requires.</summary>
    NoMatchingCertificate = 5,
}

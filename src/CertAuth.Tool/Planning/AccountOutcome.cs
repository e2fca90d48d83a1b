namespace CertAuth.Tool.Planning;

/// <summary>The effect of a new trust bundle on an account.</summary>
internal enum AccountOutcome
{
    /// <summary>The account requires no certificate.</summary>
    NoCertificateRequired = 0,

    /// <summary>The account keeps its login, and no certificate is lost.</summary>
    Unchanged = 1,

    /// <summary>One certificate of the account is accepted, and another one no longer is.</summary>
    LosesCertificate = 2,

    /// <summary>A certificate of the account was accepted before, and none is accepted now.</summary>
    LockedOut = 3,

    /// <summary>The account has certificates, none of which is accepted with the old or with the new bundle.</summary>
    AlreadyLockedOut = 4,

    /// <summary>No certificate has the names and digests that the account requires.</summary>
    NoMatchingCertificate = 5,
}

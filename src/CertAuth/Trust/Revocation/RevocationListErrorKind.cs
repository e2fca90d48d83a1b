namespace CertAuth.Trust;

/// <summary>The reasons why a revocation list cannot be used. <see cref="RevocationListErrorSentences"/> has a sentence for each.</summary>
internal enum RevocationListErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The data is not one DER-encoded CertificateList of version 2 (RFC 5280, 5.1).</summary>
    NotDer = 1,

    /// <summary>The list has no nextUpdate, without which it would never become stale (RFC 5280, 5.1.2.5).</summary>
    NoNextUpdate = 2,

    /// <summary>The CRL number is missing, critical or malformed (RFC 5280, 5.2.3).</summary>
    BadCrlNumber = 3,

    /// <summary>The list is a delta list (RFC 5280, 5.2.4).</summary>
    Delta = 4,

    /// <summary>The list is indirect or partitioned: it has an issuing distribution point or a certificate issuer (RFC 5280, 5.2.5,
    /// 5.3.3).</summary>
    Indirect = 5,

    /// <summary>The list or an entry has an unknown critical extension.</summary>
    UnknownCriticalExtension = 6,

    /// <summary>An extension or a serial number is repeated.</summary>
    Repeated = 7,
}

namespace CertAuth.Trust;

/// <summary>Why a revocation list is refused.</summary>
internal enum RevocationListErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Not one DER-encoded CertificateList of version 2 (RFC 5280, 5.1).</summary>
    NotDer = 1,

    /// <summary>No nextUpdate, without which nobody knows when it is out of date (RFC 5280, 5.1.2.5).</summary>
    NoNextUpdate = 2,

    /// <summary>The CRL number is missing, critical or no number (RFC 5280, 5.2.3).</summary>
    BadCrlNumber = 3,

    /// <summary>A delta list (RFC 5280, 5.2.4).</summary>
    Delta = 4,

    /// <summary>An indirect or partitioned list: issuing distribution point or certificate issuer (RFC 5280, 5.2.5, 5.3.3).</summary>
    Indirect = 5,

    /// <summary>A critical extension that isn't understood, of the list or of an entry.</summary>
    UnknownCriticalExtension = 6,

    /// <summary>An extension, or a serial number, that stands twice.</summary>
    Repeated = 7,
}

namespace CertAuth.Der;

/// <summary>The object identifiers below id-ce, 2.5.29 (RFC 5280, 4.2.1, 5.2 and 5.3), by their last arc.</summary>
internal enum ExtensionOid : byte
{
    /// <summary>Another object identifier.</summary>
    None = 0,
    SubjectKeyIdentifier = 14,
    KeyUsage = 15,
    SubjectAlternativeName = 17,
    BasicConstraints = 19,
    CrlNumber = 20,
    CrlReason = 21,
    InvalidityDate = 24,
    DeltaCrlIndicator = 27,
    IssuingDistributionPoint = 28,
    CertificateIssuer = 29,
    NameConstraints = 30,
    CertificatePolicies = 32,
    AuthorityKeyIdentifier = 35,
    PolicyConstraints = 36,
    ExtendedKeyUsage = 37,
}

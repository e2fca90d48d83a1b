namespace CertAuth.Trust;

/// <summary>The kinds of <see cref="TrustBundleError"/>.</summary>
public enum TrustBundleErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The data, or one of its PKCS #7 blocks, contains no certificate.</summary>
    NoCertificate = 1,

    /// <summary>The data is larger than 16 MiB or contains more than 10,000 certificates.</summary>
    TooLarge = 2,

    /// <summary>A PEM block is malformed: its BEGIN and END lines do not match, or the text between them is not base64 (RFC
    /// 7468).</summary>
    MalformedBlock = 3,

    /// <summary>A PEM block is neither a certificate nor PKCS #7.</summary>
    UnexpectedBlock = 4,

    /// <summary>The data contains a private key, which does not belong in a file of CA certificates.</summary>
    PrivateKey = 5,

    /// <summary>A certificate cannot be read.</summary>
    MalformedCertificate = 6,

    /// <summary>A PKCS #7 structure is malformed or contains something other than X.509 certificates.</summary>
    MalformedPkcs7 = 7,

    /// <summary>A file of revocation lists cannot be read, or one of its lists is not supported.</summary>
    MalformedRevocationList = 8,

    /// <summary>The data has another format, such as PKCS #12 or a certificate signing request.</summary>
    OtherFormat = 9,
}

namespace CertAuth.Certificates;

/// <summary>The kinds of errors in an encoded certificate.</summary>
public enum CertificateErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The certificate is larger than 128 KiB or has more than 128 extensions.</summary>
    TooLarge = 1,

    /// <summary>The data is not one DER-encoded Certificate (RFC 5280, 4.1), or bytes follow it.</summary>
    NotDer = 2,

    /// <summary>The version is malformed or unknown, or the certificate has a field that its version does not define (RFC 5280,
    /// 4.1.2.1).</summary>
    BadVersion = 3,

    /// <summary>The signature algorithm in the signed part differs from the one that follows it (RFC 5280, 4.1.1.2).</summary>
    AlgorithmMismatch = 4,

    /// <summary>The validity is not two times in UTC with seconds (RFC 5280, 4.1.2.5).</summary>
    BadTime = 5,

    /// <summary>An extension that this library reads is malformed. A malformed subject alternative name is not an error here; see
    /// <see cref="ParsedCertificate.SanState"/>.</summary>
    BadExtension = 6,
}

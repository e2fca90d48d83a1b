namespace CertAuth.Certificates;

/// <summary>The kinds of errors in the files of a certificate and its private key.</summary>
public enum KeyPairErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>A file is larger than 1 MiB or holds more than 11 certificates.</summary>
    TooLarge = 1,

    /// <summary>The file holds no certificate.</summary>
    NoCertificate = 2,

    /// <summary>The BEGIN line, the END line or the base64 of a PEM block is malformed (RFC 7468).</summary>
    MalformedBlock = 3,

    /// <summary>A PEM block is neither a certificate, nor a private key, nor the parameters of an elliptic curve.</summary>
    UnexpectedBlock = 4,

    /// <summary>A certificate is malformed.</summary>
    MalformedCertificate = 5,

    /// <summary>The kind, size or curve of the certificate's key is not supported, or the platform cannot import the key. The message
    /// names the supported keys.</summary>
    UnusableKey = 6,

    /// <summary>The file holds no private key, or more than one.</summary>
    NoPrivateKey = 7,

    /// <summary>The private key is encrypted.</summary>
    EncryptedPrivateKey = 8,

    /// <summary>The private key is malformed.</summary>
    MalformedPrivateKey = 9,

    /// <summary>The private key does not belong to the first certificate of the file.</summary>
    KeyMismatch = 10,

    /// <summary>The certificate has expired.</summary>
    Expired = 11,

    /// <summary>The certificate is not valid yet.</summary>
    NotYetValid = 12,

    /// <summary>The key usage of the certificate lacks digitalSignature (RFC 5280, 4.2.1.3).</summary>
    WrongKeyUsage = 13,

    /// <summary>The platform rejects the certificate.</summary>
    RejectedByPlatform = 14,

    /// <summary>The file is not PEM but has another known format, such as PKCS #12 or DER. <see cref="KeyPairError.Detail"/> names
    /// it.</summary>
    OtherFormat = 15,
}

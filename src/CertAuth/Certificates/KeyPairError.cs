namespace CertAuth.Certificates;

/// <summary>Why a certificate and its private key can't be loaded.</summary>
public enum KeyPairErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>A file of more than 1 MiB, or of more than 11 certificates.</summary>
    TooLarge = 1,

    /// <summary>No certificate in the file.</summary>
    NoCertificate = 2,

    /// <summary>A PEM block whose BEGIN and END lines or base64 are broken (RFC 7468).</summary>
    MalformedBlock = 3,

    /// <summary>A PEM block that is neither a certificate nor a private key.</summary>
    UnexpectedBlock = 4,

    /// <summary>A certificate that can't be read.</summary>
    MalformedCertificate = 5,

    /// <summary>Another key than RSA with 2048 to 8192 bits, P-256, P-384 or P-521.</summary>
    UnusableKey = 6,

    /// <summary>No private key in the file, or several.</summary>
    NoPrivateKey = 7,

    /// <summary>An encrypted private key.</summary>
    EncryptedPrivateKey = 8,

    /// <summary>A private key that can't be read.</summary>
    MalformedPrivateKey = 9,

    /// <summary>The private key isn't the certificate's: the first certificate of the file is meant.</summary>
    KeyMismatch = 10,

    /// <summary>The certificate has expired.</summary>
    Expired = 11,

    /// <summary>The certificate isn't valid yet.</summary>
    NotYetValid = 12,

    /// <summary>The certificate's key usage lacks digitalSignature (RFC 5280, 4.2.1.3).</summary>
    WrongKeyUsage = 13,

    /// <summary>The platform can't work with the certificate.</summary>
    RejectedByPlatform = 14,

    /// <summary>A file of another format than PEM, such as PKCS#12 or DER: <see cref="KeyPairError.Detail"/> names it.</summary>
    OtherFormat = 15,
}

/// <summary>Which of two files is meant.</summary>
public enum KeyPairFile
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>The file of certificates.</summary>
    Certificate = 1,

    /// <summary>The file of the private key.</summary>
    PrivateKey = 2,
}

/// <summary>Why a certificate and its private key can't be loaded, and where.</summary>
/// <param name="Kind">What is wrong; <see cref="KeyPairErrorKind.None"/> when nothing is.</param>
/// <param name="File">Which file.</param>
/// <param name="Block">The number of the PEM block in it, from 1; 0 where no block is meant.</param>
/// <param name="Detail">What is wrong within it, or null.</param>
public readonly record struct KeyPairError(KeyPairErrorKind Kind, KeyPairFile File, int Block, string? Detail)
{
    /// <summary>A sentence with the fix in sight, which calls the files "the certificate file" and "the key file".</summary>
    public override string ToString() => ToString("the certificate file");

    /// <summary>The same sentence with the names of the files.</summary>
    /// <param name="certificateFile">What to call the file of certificates, such as its path; not escaped here.</param>
    /// <param name="keyFile">What to call the file of the private key.</param>
    public string ToString(string certificateFile, string keyFile = "the key file")
    {
        string file = File == KeyPairFile.PrivateKey ? keyFile : certificateFile;
        string place = Block > 0 ? $" in block {Block} of {file}" : $" in {file}";
        string detail = Detail is null ? "" : $" {Detail}";
        return Kind switch
        {
            KeyPairErrorKind.None => "No error.",
            KeyPairErrorKind.TooLarge => $"Too large{place}: at most 1 MiB and 11 certificates.",
            KeyPairErrorKind.NoCertificate => $"No certificate{place}; write PEM, the certificate first, then those above it.",
            KeyPairErrorKind.MalformedBlock => $"Broken PEM{place}; each BEGIN line needs its END line and base64 between them.{detail}",
            KeyPairErrorKind.UnexpectedBlock => $"Neither a certificate nor a private key{place}; take it out.{detail}",
            KeyPairErrorKind.MalformedCertificate => $"A certificate that can't be read{place}.{detail}",
            KeyPairErrorKind.UnusableKey => $"A key other than RSA with 2048 to 8192 bits, P-256, P-384 or P-521{place}.{detail}",
            KeyPairErrorKind.NoPrivateKey => $"Not exactly one private key{place}.{detail}",
            KeyPairErrorKind.EncryptedPrivateKey => $"An encrypted private key{place}; write it without a passphrase, readable by the server alone.",
            KeyPairErrorKind.MalformedPrivateKey => $"A private key that can't be read{place}.{detail}",
            KeyPairErrorKind.KeyMismatch =>
                $"The private key in {keyFile} isn't that of the first certificate in {certificateFile}; "
                + "one of the two files may not have been replaced yet.",
            KeyPairErrorKind.Expired => $"The certificate in {certificateFile} has expired.{detail}",
            KeyPairErrorKind.NotYetValid => $"The certificate in {certificateFile} isn't valid yet.{detail}",
            KeyPairErrorKind.WrongKeyUsage => $"The key usage of the certificate in {certificateFile} lacks digitalSignature.",
            KeyPairErrorKind.RejectedByPlatform => $"The platform can't work with the certificate in {certificateFile}.{detail}",
            KeyPairErrorKind.OtherFormat => $"No PEM{place}.{detail}",
            _ => $"Error {(int)Kind}{place}.{detail}",
        };
    }
}

namespace CertAuth.Certificates;

/// <summary>The content of a file or a PEM block, as far as a message names it.</summary>
internal enum FileFormat
{
    Unknown = 0,
    Certificate = 1,
    CertificateRequest = 2,
    RevocationList = 3,
    Pkcs7 = 4,
    Pkcs12 = 5,
    PrivateKey = 6,
    EncryptedPrivateKey = 7,
    PublicKey = 8,
    Utf16 = 9,
}

namespace CertAuth.Certificates;

/// <summary>The formats of files and PEM blocks that error messages name.</summary>
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

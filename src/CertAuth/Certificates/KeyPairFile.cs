namespace CertAuth.Certificates;

/// <summary>The files of a certificate and its private key.</summary>
public enum KeyPairFile
{
    /// <summary>Neither file.</summary>
    None = 0,

    /// <summary>The certificate file.</summary>
    Certificate = 1,

    /// <summary>The private key file.</summary>
    PrivateKey = 2,
}

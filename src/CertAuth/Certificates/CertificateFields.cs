using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>The parts of one certificate (RFC 5280, 4.1), as ranges of its DER and as values.</summary>
internal struct CertificateFields
{
    /// <summary>The signed part, tag and length included.</summary>
    internal DerRange Tbs;

    /// <summary>The AlgorithmIdentifier that follows the signed part, tag and length included.</summary>
    internal DerRange SignatureAlgorithm;

    /// <summary>The bytes of the signature: the BIT STRING without its first byte, the number of unused bits.</summary>
    internal DerRange Signature;

    /// <summary>The content of the serial number.</summary>
    internal DerRange SerialNumber;

    /// <summary>The Name, tag and length included. Its content is not checked.</summary>
    internal DerRange Issuer;

    /// <summary>The Name, tag and length included. Its content is not checked.</summary>
    internal DerRange Subject;

    /// <summary>The SubjectPublicKeyInfo, tag and length included.</summary>
    internal DerRange PublicKey;

    /// <summary>1, 2 or 3.</summary>
    internal int Version;

    internal DateTimeOffset NotBefore;
    internal DateTimeOffset NotAfter;

    internal ExtensionFields Extensions;
}

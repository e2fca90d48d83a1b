using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Where the parts of one certificate stand, and its small facts.</summary>
internal struct CertificateFields
{
    /// <summary>The signed part, tag and length included.</summary>
    internal DerRange Tbs;

    /// <summary>The AlgorithmIdentifier beside the signature, tag and length included.</summary>
    internal DerRange SignatureAlgorithm;

    /// <summary>The octets of the signature.</summary>
    internal DerRange Signature;

    internal DerRange SerialNumber;
    internal DerRange Issuer;
    internal DerRange Subject;

    /// <summary>SubjectPublicKeyInfo, tag and length included.</summary>
    internal DerRange PublicKey;

    /// <summary>1, 2 or 3.</summary>
    internal int Version;

    internal DateTimeOffset NotBefore;
    internal DateTimeOffset NotAfter;

    internal ExtensionFields Extensions;
}

/// <summary>The extensions that this library reads.</summary>
internal struct ExtensionFields
{
    internal DerRange San;
    internal DerRange SubjectKeyIdentifier;

    /// <summary>The keyIdentifier alone.</summary>
    internal DerRange AuthorityKeyIdentifier;

    internal DerRange NameConstraints;

    /// <summary>Object identifier of the first critical extension that is not read.</summary>
    internal DerRange UnknownCritical;

    /// <summary>Object identifier of the first extension that stands twice.</summary>
    internal DerRange Repeated;

    internal SanState SanState;

    /// <summary>Which of the extensions that are read stand in the certificate.</summary>
    internal ExtensionKinds Present;

    /// <summary>Which of them are critical.</summary>
    internal ExtensionKinds Critical;

    internal bool IsCa;

    /// <summary>-1 for no limit.</summary>
    internal int PathLength;

    /// <summary>The content of ExtKeyUsageSyntax: object identifiers, each of them valid. Empty if the extension is absent.</summary>
    internal DerRange Purposes;

    internal KeyUsages? KeyUsage;
    internal ExtendedKeyUsages? ExtendedKeyUsage;
}

/// <summary>The extensions of RFC 5280, 4.2.1 of which more than the value counts.</summary>
[Flags]
internal enum ExtensionKinds
{
    None = 0,
    SubjectKeyIdentifier = 1 << 0,
    KeyUsage = 1 << 1,
    SubjectAlternativeName = 1 << 2,
    BasicConstraints = 1 << 3,
    NameConstraints = 1 << 4,
    PolicyConstraints = 1 << 5,
    AuthorityKeyIdentifier = 1 << 6,
    ExtendedKeyUsage = 1 << 7,
}

/// <summary>KeyUsage (RFC 5280, 4.2.1.3); the standard's bit n is 1 &lt;&lt; n.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
}

/// <summary>The purposes of ExtKeyUsage (RFC 5280, 4.2.1.12) that count here.</summary>
[Flags]
internal enum ExtendedKeyUsages
{
    None = 0,
    ClientAuth = 1,
    Any = 2,
    ServerAuth = 4,
}

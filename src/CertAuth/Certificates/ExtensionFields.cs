using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>The extensions that this library reads, as ranges of the certificate and as values.</summary>
internal struct ExtensionFields
{
    /// <summary>The GeneralNames of the subject alternative name, possibly malformed.</summary>
    internal DerRange San;

    /// <summary>The content of the key identifier.</summary>
    internal DerRange SubjectKeyIdentifier;

    /// <summary>The content of keyIdentifier, without the other fields. Empty if it is absent.</summary>
    internal DerRange AuthorityKeyIdentifier;

    /// <summary>The NameConstraints, tag and length included. Their content is not checked.</summary>
    internal DerRange NameConstraints;

    /// <summary>The content of the object identifier of the first critical extension that is not recognized.</summary>
    internal DerRange UnknownCritical;

    /// <summary>The content of the object identifier of the first extension that is repeated.</summary>
    internal DerRange Repeated;

    internal SanState SanState;

    /// <summary>The extensions that the certificate has.</summary>
    internal ExtensionKinds Present;

    /// <summary>The extensions that are critical.</summary>
    internal ExtensionKinds Critical;

    /// <summary>The cA field of the basic constraints; false if the extension is absent.</summary>
    internal bool IsCa;

    /// <summary>The path length constraint, or -1 if there is none.</summary>
    internal int PathLength;

    /// <summary>The content of ExtKeyUsageSyntax: object identifiers, each of them valid. Empty if the extension is absent.</summary>
    internal DerRange Purposes;

    /// <summary>The key usage, or null if the extension is absent.</summary>
    internal KeyUsages? KeyUsage;

    /// <summary>The extended key usage, or null if the extension is absent.</summary>
    internal ExtendedKeyUsages? ExtendedKeyUsage;
}

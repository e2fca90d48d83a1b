using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>The extensions that this library reads, as ranges of the certificate and as values.</summary>
internal struct ExtensionFields
{
    internal DerRange San;
    internal DerRange SubjectKeyIdentifier;

    /// <summary>The keyIdentifier of the extension, without the other fields.</summary>
    internal DerRange AuthorityKeyIdentifier;

    internal DerRange NameConstraints;

    /// <summary>The object identifier of the first critical extension that is not recognized.</summary>
    internal DerRange UnknownCritical;

    /// <summary>The object identifier of the first extension that is repeated.</summary>
    internal DerRange Repeated;

    internal SanState SanState;

    /// <summary>The extensions that the certificate has.</summary>
    internal ExtensionKinds Present;

    /// <summary>The extensions that are critical.</summary>
    internal ExtensionKinds Critical;

    internal bool IsCa;

    /// <summary>The path length constraint, or -1 if there is none.</summary>
    internal int PathLength;

    /// <summary>The content of ExtKeyUsageSyntax: object identifiers, each of them valid. Empty if the extension is absent.</summary>
    internal DerRange Purposes;

    internal KeyUsages? KeyUsage;
    internal ExtendedKeyUsages? ExtendedKeyUsage;
}

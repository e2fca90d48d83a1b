namespace CertAuth.Requirements;

/// <summary>The parts of a requirement.</summary>
public enum RequirementPart
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The stored requirement as a whole.</summary>
    Record = 1,

    /// <summary>TLS.</summary>
    Transport = 2,

    /// <summary>CIPHER: the cipher suite of the connection.</summary>
    Cipher = 3,

    /// <summary>A verified client certificate.</summary>
    Certificate = 4,

    /// <summary>ISSUER: the issuer of the client certificate.</summary>
    Issuer = 5,

    /// <summary>SUBJECT: the subject of the client certificate.</summary>
    Subject = 6,

    /// <summary>SAN: the subject alternative names of the client certificate.</summary>
    San = 7,

    /// <summary>TOKEN_ISSUER: the issuer of the token. It is not evaluated against the connection.</summary>
    TokenIssuer = 8,

    /// <summary>ISSUER_KEY: the key that verified the signature of the client certificate.</summary>
    IssuerKey = 9,

    /// <summary>SUBJECT_CONTAINS: RDNs of the subject of the client certificate.</summary>
    SubjectContains = 10,

    /// <summary>CERTIFICATE: the digest of the client certificate.</summary>
    CertificateDigest = 11,

    /// <summary>PUBLIC_KEY: the digest of the client certificate's public key.</summary>
    PublicKey = 12,
}

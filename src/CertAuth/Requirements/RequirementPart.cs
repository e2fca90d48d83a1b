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

/// <summary>The names of the parts of a requirement in messages: keywords of the clause in upper case.</summary>
internal static class RequirementPartNames
{
    /// <summary>The keywords of the options, for an error message.</summary>
    internal const string Options =
        "CIPHER, ISSUER, ISSUER_KEY, SUBJECT, SUBJECT_CONTAINS, SAN, CERTIFICATE, PUBLIC_KEY or TOKEN_ISSUER";

    internal static string GetName(RequirementPart part) => part switch
    {
        RequirementPart.Record => "stored",
        RequirementPart.Transport => "TLS",
        RequirementPart.Certificate => "certificate",
        RequirementPart.Cipher => "CIPHER",
        RequirementPart.Issuer => "ISSUER",
        RequirementPart.IssuerKey => "ISSUER_KEY",
        RequirementPart.Subject => "SUBJECT",
        RequirementPart.SubjectContains => "SUBJECT_CONTAINS",
        RequirementPart.San => "SAN",
        RequirementPart.CertificateDigest => "CERTIFICATE",
        RequirementPart.PublicKey => "PUBLIC_KEY",
        RequirementPart.TokenIssuer => "TOKEN_ISSUER",
        _ => "unspecified",
    };
}

namespace CertAuth.Requirements;

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

namespace CertAuth.Requirements;

/// <summary>The names of the parts of a requirement in messages: keywords of the clause in upper case.</summary>
internal static class RequirementPartNames
{
    internal static string GetName(RequirementPart part) => part switch
    {
        RequirementPart.Record => "stored",
        RequirementPart.Transport => "TLS",
        RequirementPart.Cipher => "CIPHER",
        RequirementPart.Certificate => "certificate",
        RequirementPart.Issuer => "ISSUER",
        RequirementPart.Subject => "SUBJECT",
        RequirementPart.San => "SAN",
        RequirementPart.TokenIssuer => "TOKEN_ISSUER",
        _ => "unspecified",
    };
}

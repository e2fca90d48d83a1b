namespace CertAuth.Requirements;

/// <summary>The names of the parts of a requirement in messages: keywords of the clause in upper case.</summary>
internal static class RequirementPartNames
{
    internal static string GetName(RequirementPart part) => part switch
    {
        RequirementPart.Record => "stored",
        RequirementPart.Transport => "TLS",
        RequirementPart.Certificate => "certificate",
        RequirementPart.TokenIssuer => "TOKEN_ISSUER",
        _ => RequirementOptionTypes.All.FirstOrDefault(type => type.Part == part)?.Keyword ?? "unspecified",
    };
}

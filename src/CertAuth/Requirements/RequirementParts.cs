using System.Collections.Immutable;

namespace CertAuth.Requirements;

/// <summary>What a requirement consists of.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Alternatives">The alternatives: 1 to 16 if the kind is <see cref="RequirementKind.Specified"/>; otherwise, none.</param>
/// <param name="TokenIssuer">The token issuer; null for any.</param>
internal readonly record struct RequirementParts(
    RequirementKind Kind, ImmutableArray<RequirementAlternative> Alternatives, string? TokenIssuer = null)
{
    /// <summary>Gets a value that indicates whether the canonical form can be parsed. Each option ensures that its value can be, so only
    /// the total length remains.</summary>
    internal bool IsShortEnough => ToString().Length <= RequirementBounds.MaxClauseLength;

    /// <summary>Returns the clause in canonical form.</summary>
    public override string ToString()
    {
        string tokenIssuer = TokenIssuer is null
            ? ""
            : $" {RequirementPartNames.GetName(RequirementPart.TokenIssuer)} {SqlString.Quote(TokenIssuer)}";
        return Kind switch
        {
            RequirementKind.None => TokenIssuer is null ? "REQUIRE NONE" : $"REQUIRE{tokenIssuer}",
            RequirementKind.Ssl => $"REQUIRE SSL{tokenIssuer}",
            RequirementKind.X509 => $"REQUIRE X509{tokenIssuer}",
            _ => $"REQUIRE {string.Join(" OR ", Alternatives.Select(alternative => $"{alternative}{tokenIssuer}"))}",
        };
    }
}

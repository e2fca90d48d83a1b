using System.Collections.Immutable;

namespace CertAuth.Requirements;

/// <summary>Creates requirements from parts. Each has a clause that parses to an equal requirement.</summary>
internal static class RequirementFactory
{
    internal static RequirementError Create(ReadOnlySpan<RequirementOption> options, out RequirementParts created)
    {
        ImmutableArray<RequirementOption> given = [.. options];
        foreach (RequirementOption option in given)
            ArgumentNullException.ThrowIfNull(option, nameof(options));

        created = default;
        RequirementOption? repeated = given.GroupBy(option => option.Part).FirstOrDefault(group => group.Count() > 1)?.First();
        if (given.IsEmpty)
            return new(RequirementErrorKind.ExpectedRequirement, 0);
        if (repeated is not null)
            return new(RequirementErrorKind.RepeatedOption, 0, repeated.Part);
        created = new(RequirementKind.Specified, [new(given)]);
        return CheckLength(created);
    }

    internal static RequirementError Combine(IReadOnlyList<RequirementParts> requirements, out RequirementParts combined)
    {
        AlternativeList alternatives = new();
        combined = default;
        if (requirements.Count == 0)
            return new(RequirementErrorKind.ExpectedRequirement, 0);
        foreach (RequirementParts requirement in requirements)
        {
            RequirementError error = Add(alternatives, requirement);
            if (error.Kind != RequirementErrorKind.None)
                return error;
        }

        combined = alternatives.Build();
        return CheckLength(combined);
    }

    internal static RequirementError SetTokenIssuer(RequirementParts requirement, string? tokenIssuer, out RequirementParts created)
    {
        created = requirement with { TokenIssuer = OptionValue.EmptyToNull(tokenIssuer) };
        RequirementError error = OptionValue.CheckTokenIssuer(tokenIssuer ?? "");
        return error.Kind == RequirementErrorKind.None ? CheckLength(created) : error;
    }

    private static RequirementError CheckLength(RequirementParts parts) =>
        parts.IsShortEnough ? default : new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength);

    private static RequirementError Add(AlternativeList alternatives, RequirementParts requirement)
    {
        if (requirement.Kind != RequirementKind.Specified)
            return new(RequirementErrorKind.PointlessAlternative, 0);
        foreach (RequirementAlternative alternative in requirement.Alternatives)
        {
            RequirementError error = alternatives.Add(alternative.Options, requirement.TokenIssuer, 0, isLast: false);
            if (error.Kind != RequirementErrorKind.None)
                return error;
        }

        return default;
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Requirements;

/// <summary>Creates requirements from parts. Each has a clause that parses to an equal requirement.</summary>
internal static class RequirementFactory
{
    internal static bool TryCreate(
        ReadOnlySpan<RequirementOption> options, [NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error)
    {
        requirement = null;
        ImmutableArray<RequirementOption> given = [.. options];
        foreach (RequirementOption option in given)
            ArgumentNullException.ThrowIfNull(option, nameof(options));

        RequirementOption? repeated = given.GroupBy(option => option.Type).FirstOrDefault(group => group.Count() > 1)?.First();
        error = given.IsEmpty ? new(RequirementErrorKind.ExpectedRequirement, 0)
            : repeated is not null ? new(RequirementErrorKind.RepeatedOption, 0, repeated.Part)
            : default;
        if (error.Kind != RequirementErrorKind.None)
            return false;

        LoginRequirement created = new(RequirementKind.Specified, [new(given)]);
        error = IsShortEnough(created) ? default : TooLong;
        requirement = error.Kind == RequirementErrorKind.None ? created : null;
        return requirement is not null;
    }

    internal static LoginRequirement Combine(ReadOnlySpan<LoginRequirement> requirements)
    {
        AlternativeList alternatives = new();
        RequirementError error = requirements.IsEmpty ? new(RequirementErrorKind.ExpectedRequirement, 0) : default;
        foreach (LoginRequirement requirement in requirements)
        {
            ArgumentNullException.ThrowIfNull(requirement, nameof(requirements));
            error = FirstError(error, Add(alternatives, requirement));
        }

        LoginRequirement combined = alternatives.Build();
        error = FirstError(error, IsShortEnough(combined) ? default : TooLong);
        return error.Kind == RequirementErrorKind.None ? combined : throw new ArgumentException(error.ToString(), nameof(requirements));
    }

    internal static LoginRequirement WithTokenIssuer(LoginRequirement requirement, string? tokenIssuer)
    {
        if (requirement.Kind == RequirementKind.Malformed)
            throw new InvalidOperationException(requirement.StorageError.ToString());
        LoginRequirement created = new(requirement.Kind, requirement.Alternatives, OptionValue.EmptyToNull(tokenIssuer));
        RequirementError error = FirstError(
            OptionValue.CheckTokenIssuer(tokenIssuer ?? ""), IsShortEnough(created) ? default : TooLong);
        return error.Kind == RequirementErrorKind.None ? created : throw new ArgumentException(error.ToString(), nameof(tokenIssuer));
    }

    /// <summary>Returns whether the canonical form can be parsed. Each option ensures that its value can be, so only the total length
    /// remains.</summary>
    internal static bool IsShortEnough(LoginRequirement requirement) => requirement.ToString().Length <= RequirementBounds.MaxClauseLength;

    private static RequirementError TooLong => new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength);

    private static RequirementError Add(AlternativeList alternatives, LoginRequirement requirement)
    {
        if (requirement.Kind != RequirementKind.Specified)
            return FirstError(requirement.StorageError, new(RequirementErrorKind.PointlessAlternative, 0));
        RequirementError error = default;
        foreach (RequirementAlternative alternative in requirement.Alternatives)
            error = FirstError(error, alternatives.Add(alternative.Options, requirement.TokenIssuer, 0, isLast: false));
        return error;
    }

    private static RequirementError FirstError(RequirementError first, RequirementError second) =>
        first.Kind == RequirementErrorKind.None ? second : first;
}

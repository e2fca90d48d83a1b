using System.Collections.Immutable;

namespace CertAuth.Requirements;

/// <summary>Collects the alternatives of a requirement. Not safe for concurrent use.</summary>
internal sealed class AlternativeList
{
    private readonly ImmutableArray<RequirementAlternative>.Builder _alternatives = ImmutableArray.CreateBuilder<RequirementAlternative>();
    private string? _tokenIssuer;

    /// <summary>Adds an alternative, or returns the error that it has beside the others.</summary>
    /// <param name="options">The options, of which no two have the same type.</param>
    /// <param name="tokenIssuer">The token issuer; null for none.</param>
    /// <param name="index">The index of the alternative, for errors.</param>
    /// <param name="isLast">true if no other alternative follows.</param>
    internal RequirementError Add(IReadOnlyCollection<RequirementOption> options, string? tokenIssuer, int index, bool isLast)
    {
        bool isFirst = _alternatives.Count == 0;
        if (options.Count == 0 && !(isFirst && isLast))
            return new(RequirementErrorKind.PointlessAlternative, index);
        if (!isFirst && !string.Equals(tokenIssuer, _tokenIssuer, StringComparison.Ordinal))
            return new(RequirementErrorKind.TokenIssuerDiffers, index);
        if (_alternatives.Count == RequirementBounds.MaxAlternatives)
            return new(RequirementErrorKind.TooManyAlternatives, index);

        _tokenIssuer = tokenIssuer;
        if (options.Count == 0)
            return default;
        RequirementAlternative alternative = new(options);
        if (_alternatives.Contains(alternative))
            return new(RequirementErrorKind.RepeatedAlternative, index);
        _alternatives.Add(alternative);
        return default;
    }

    /// <summary>Returns the requirement with these alternatives; without one, it requires nothing of the connection.</summary>
    internal RequirementParts Build() => new(
        _alternatives.Count == 0 ? RequirementKind.None : RequirementKind.Specified, _alternatives.ToImmutable(), _tokenIssuer);
}

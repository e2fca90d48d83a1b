namespace CertAuth.Requirements;

/// <summary>The maximums of requirements.</summary>
internal static class RequirementBounds
{
    /// <summary>The maximum length of a clause and of a stored requirement, in UTF-16 code units: the longest name with every character
    /// escaped is shorter.</summary>
    internal const int MaxClauseLength = 1_048_576;

    /// <summary>The length of a clause, in UTF-16 code units, up to which its canonical form never exceeds
    /// <see cref="MaxClauseLength"/>.</summary>
    internal const int MaxRoundTripLength = 32_768;

    /// <summary>The maximum number of alternatives, because each may be evaluated at every login.</summary>
    internal const int MaxAlternatives = 16;

    /// <summary>The maximum number of digests of an option: enough for several renewals at the same time.</summary>
    internal const int MaxDigests = 16;
}

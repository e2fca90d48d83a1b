using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Finds the alternative of a requirement that gave a decision.</summary>
internal static class DecidingAlternative
{
    /// <summary>Returns the checks of the alternative that was met or, if none was, of the one that gave the reason of the rejection; null
    /// if no alternative did.</summary>
    /// <remarks>An alternative gives the reason of its first check that is not met. Alternatives with the same reason got equally far, and
    /// of these the first decides. The exception is a malformed subject: SUBJECT and SUBJECT_CONTAINS give the same reason for it, and
    /// SUBJECT_CONTAINS is checked later.</remarks>
    /// <param name="checks">The checks of the requirement.</param>
    /// <param name="reason">The reason of the decision; <see cref="RejectionReason.None"/> if the requirement is met.</param>
    internal static IGrouping<int, RequirementCheck>? FindOrNull(IEnumerable<RequirementCheck> checks, RejectionReason reason) => checks
        .Where(check => check.Alternative > 0)
        .GroupBy(check => check.Alternative)
        .Where(alternative => GetReason(alternative) == reason)
        .MaxBy(alternative => FindUnmet(alternative)?.Part == RequirementPart.SubjectContains);

    /// <summary>Returns the reason of the first check that is not met.</summary>
    internal static RejectionReason GetReason(IEnumerable<RequirementCheck> alternative) =>
        FindUnmet(alternative)?.Reason ?? RejectionReason.None;

    private static RequirementCheck? FindUnmet(IEnumerable<RequirementCheck> alternative) =>
        alternative.FirstOrDefault(check => !check.IsMet);
}

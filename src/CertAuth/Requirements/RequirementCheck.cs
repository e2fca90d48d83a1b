namespace CertAuth.Requirements;

/// <summary>One thing that a requirement demands of a connection, and whether it is met.</summary>
/// <remarks>For the host's log and for tools. The texts are bounded in length, and control characters in them are escaped. Immutable; safe for
/// concurrent use.</remarks>
public sealed class RequirementCheck
{
    internal RequirementCheck(RequirementPart part, RejectionReason reason, string required, string? presented, string? difference = null)
    {
        Part = part;
        Reason = reason;
        Details = new(required, presented, difference);
    }

    /// <summary>Which part of the requirement.</summary>
    public RequirementPart Part { get; }

    /// <summary>Whether it is met.</summary>
    public bool IsMet => Reason == RejectionReason.None;

    /// <summary>Why it isn't met; <see cref="RejectionReason.None"/> where it is.</summary>
    public RejectionReason Reason { get; }

    /// <summary>What is required.</summary>
    public string Required => Details.Escape().Required!;

    /// <summary>What the connection presented; null where it presented nothing.</summary>
    public string? Presented => Details.Escape().Presented;

    /// <summary>Where a required and a presented name part; null where they don't, and for other checks.</summary>
    public string? Difference => Details.Escape().Difference;

    /// <summary>The texts, unescaped.</summary>
    internal RejectionDetails Details { get; }

    /// <summary>One line for a log.</summary>
    public override string ToString() => $"{Part} {(IsMet ? "met" : "not met")}. {Details.Escape()}";
}

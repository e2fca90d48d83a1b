namespace CertAuth.Requirements;

/// <summary>One thing that a requirement demands of a connection, and whether it is met.</summary>
/// <remarks>For the host's log and for tools. The texts are bounded in length, and control characters in them are escaped.</remarks>
public sealed record RequirementCheck
{
    internal RequirementCheck(RequirementPart part, FailureReason reason, string required, string? presented, string? difference = null)
    {
        Part = part;
        Reason = reason;
        Required = LogText.Escape(required);
        Presented = presented is null ? null : LogText.Escape(presented);
        Difference = difference is null ? null : LogText.Escape(difference);
    }

    /// <summary>Which part of the requirement.</summary>
    public RequirementPart Part { get; }

    /// <summary>Whether it is met.</summary>
    public bool IsMet => Reason == FailureReason.None;

    /// <summary>Why it isn't met; <see cref="FailureReason.None"/> where it is.</summary>
    public FailureReason Reason { get; }

    /// <summary>What is required.</summary>
    public string Required { get; }

    /// <summary>What the connection presented; null where it presented nothing.</summary>
    public string? Presented { get; }

    /// <summary>Where a required and a presented name part; null where they don't, and for other checks.</summary>
    public string? Difference { get; }

    /// <summary>One line for a log.</summary>
    public override string ToString()
    {
        string presented = Presented is null ? "none was presented" : $"presented {Presented}";
        string difference = Difference is null ? "" : $" ({Difference})";
        return $"{Part} {(IsMet ? "met" : "not met")}: required {Required}; {presented}{difference}";
    }
}

namespace CertAuth.Requirements;

/// <summary>One check of a requirement against a connection, and its outcome.</summary>
/// <remarks>The texts are intended for logs and tools. Like those of <see cref="Rejection"/>, they are escaped and bounded in length.
/// Immutable; safe for concurrent use.</remarks>
public sealed class RequirementCheck
{
    internal RequirementCheck(RequirementPart part, RejectionReason reason, string required, string? presented, string? difference = null)
    {
        Part = part;
        Reason = reason;
        Details = new(required, presented, difference);
    }

    /// <summary>Gets the part of the requirement that was checked.</summary>
    public RequirementPart Part { get; }

    /// <summary>Gets a value that indicates whether the check is met.</summary>
    public bool IsMet => Reason == RejectionReason.None;

    /// <summary>Gets the reason why the check is not met; <see cref="RejectionReason.None"/> if it is met.</summary>
    public RejectionReason Reason { get; }

    /// <summary>Gets the fact that the requirement specifies, such as a subject.</summary>
    public string Required => Details.Escape().Required!;

    /// <summary>Gets the fact that the connection presented; null if it presented nothing.</summary>
    public string? Presented => Details.Escape().Presented;

    /// <summary>Gets the first difference between the required and the presented name; null if the names are equal, and for checks that
    /// compare no names.</summary>
    public string? Difference => Details.Escape().Difference;

    /// <summary>Gets the texts, not escaped.</summary>
    internal RejectionDetails Details { get; }

    /// <summary>Returns one line for a log: a sentence that says whether the check is met, then the facts.</summary>
    public override string ToString()
    {
        string facts = Details.Escape().ToString();
        string period = facts.EndsWith('.') ? "" : ".";
        return $"The {RequirementPartNames.GetName(Part)} requirement is {(IsMet ? "met" : "not met")}. {facts}{period}";
    }
}

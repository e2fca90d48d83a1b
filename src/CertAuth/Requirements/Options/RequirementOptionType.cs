namespace CertAuth.Requirements;

/// <summary>A type of option: how it is written.</summary>
internal sealed class RequirementOptionType
{
    /// <summary>Parses the value of an option, which is not empty. The index of an error is relative to the value.</summary>
    internal delegate RequirementOption? ValueParser(string value, out RequirementError error);

    internal required RequirementPart Part { get; init; }

    /// <summary>Gets the keyword in upper case.</summary>
    internal required string Keyword { get; init; }

    internal required ValueParser Parse { get; init; }

    /// <summary>Gets the name of the member of a stored requirement; null if servers have none.</summary>
    internal string? StoredMember { get; init; }
}

namespace CertAuth.Requirements;

/// <summary>A type of option: how it is written.</summary>
/// <param name="Part">The part of a requirement that the option is.</param>
/// <param name="Parse">The parser of the value.</param>
/// <param name="StoredMember">The name of the member of a stored requirement; null if servers have none.</param>
internal sealed record RequirementOptionType(
    RequirementPart Part, RequirementOptionType.ValueParser Parse, string? StoredMember = null)
{
    /// <summary>Parses the value of an option, which is not empty. The index of an error is relative to the value.</summary>
    internal delegate RequirementOption? ValueParser(string value, out RequirementError error);
}

namespace CertAuth.Requirements;

/// <summary>The members of a stored requirement that are not the values of options.</summary>
internal static class StoredMembers
{
    internal const string Type = "ssl_type";

    /// <summary>The member that holds the subject.</summary>
    internal static string Subject { get; } = RequirementOptionTypes.Get(RequirementPart.Subject).StoredMember!;

    /// <summary>The member that holds a clause: the format of this library.</summary>
    internal const string Clause = "certauth";

    /// <summary>The subject beside the clause. No certificate has it, because it is not a name, so a server that does not know the clause
    /// rejects every login.</summary>
    internal const string ClauseSubject = "certauth";

    /// <summary>The type of a requirement that has options.</summary>
    internal const int SpecifiedType = (int)RequirementKind.Specified;

    /// <summary>Gets the names of all members.</summary>
    internal static string[] All { get; } =
        [Type, .. RequirementOptionTypes.All.Select(type => type.StoredMember).OfType<string>(), Clause];
}

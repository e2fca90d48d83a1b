namespace CertAuth.Requirements;

/// <summary>The bounds of requirements. docs/bounds.md states what happens beyond each.</summary>
internal static class RequirementBounds
{
    /// <summary>The maximum length of a REQUIRE clause, in UTF-16 code units.</summary>
    // As long as a name.
    internal const int MaxClauseLength = 1_048_576;

    /// <summary>The maximum length of the stored form of a requirement, in UTF-16 code units.</summary>
    // As long as a clause.
    internal const int MaxStoredLength = MaxClauseLength;

    /// <summary>The maximum length of the value of SAN, in UTF-16 code units.</summary>
    // 512 items of 128 characters.
    internal const int MaxSanLength = 65_536;

    /// <summary>The maximum number of items of SAN.</summary>
    // Each is compared with each SAN of a certificate.
    internal const int MaxSanItems = 512;
}

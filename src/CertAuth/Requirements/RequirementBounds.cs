namespace CertAuth.Requirements;

/// <summary>The bounds of requirements. docs/bounds.md states what happens beyond each.</summary>
internal static class RequirementBounds
{
    /// <summary>The maximum length of a REQUIRE clause, in UTF-16 code units.</summary>
    // As long as a name.
    internal const int MaxClauseLength = 1_048_576;

    /// <summary>The length of a clause, in UTF-16 code units, up to which its canonical form is not longer than
    /// <see cref="MaxClauseLength"/>.</summary>
    // No character becomes more than 32.
    internal const int MaxRoundTripLength = 32_768;

    /// <summary>The maximum number of alternatives of a clause.</summary>
    // Each may be evaluated at every login.
    internal const int MaxAlternatives = 16;

    /// <summary>The maximum number of digests of an option.</summary>
    // Several renewals at the same time.
    internal const int MaxDigests = 16;

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

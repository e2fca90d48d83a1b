using CertAuth.Requirements;

namespace CertAuth.Tool.Planning;

/// <summary>An account of a plan.</summary>
/// <param name="Name">The user, or user@host.</param>
/// <param name="Requirement">The REQUIRE clause.</param>
/// <param name="Line">The line in the file of accounts, from 1.</param>
internal sealed record AccountEntry(string Name, LoginRequirement Requirement, int Line);

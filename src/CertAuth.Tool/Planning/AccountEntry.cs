using CertAuth.Requirements;

namespace CertAuth.Tool.Planning;

/// <summary>An account as far as a plan looks at it.</summary>
/// <param name="Name">The user, or user@host.</param>
/// <param name="Requirement">What it demands.</param>
/// <param name="Line">Where it stands in its file, from 1.</param>
internal sealed record AccountEntry(string Name, LoginRequirement Requirement, int Line);

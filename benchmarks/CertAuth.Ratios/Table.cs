namespace CertAuth.Ratios;

/// <summary>A table of cases, which are compared with the first one.</summary>
internal sealed record Table(string Title, IReadOnlyList<Case> Cases);

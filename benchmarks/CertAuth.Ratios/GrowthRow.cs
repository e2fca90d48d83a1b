namespace CertAuth.Ratios;

/// <summary>The cases of one size.</summary>
internal sealed record GrowthRow(int Size, IReadOnlyList<Case> Cases);

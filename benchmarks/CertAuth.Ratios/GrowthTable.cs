namespace CertAuth.Ratios;

/// <summary>A table of operations on material of increasing size. Each row has the same cases.</summary>
internal sealed record GrowthTable(string Title, string Of, IReadOnlyList<GrowthRow> Rows);

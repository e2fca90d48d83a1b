namespace CertAuth.Ratios;

/// <summary>Cases that are compared with the first of them.</summary>
internal sealed record Table(string Title, IReadOnlyList<Case> Cases);

/// <summary>One operation on material of growing size; each row has the same cases.</summary>
internal sealed record GrowthTable(string Title, string Of, IReadOnlyList<GrowthRow> Rows);

/// <summary>The cases of one size.</summary>
internal sealed record GrowthRow(int Size, IReadOnlyList<Case> Cases);

/// <summary>What is asked: tables, and material that is made when they are and disposed of afterwards.</summary>
internal sealed class Question<T>(IReadOnlyList<T> tables, params IReadOnlyList<IDisposable> materials) : IDisposable
{
    internal IReadOnlyList<T> Tables { get; } = tables;

    public void Dispose()
    {
        foreach (IDisposable material in materials)
            material.Dispose();
    }
}

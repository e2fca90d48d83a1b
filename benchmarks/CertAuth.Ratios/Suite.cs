namespace CertAuth.Ratios;

/// <summary>The tables of a suite and their material, which is disposed with it.</summary>
internal sealed class Suite<T>(IReadOnlyList<T> tables, params IReadOnlyList<IDisposable> materials) : IDisposable
{
    internal IReadOnlyList<T> Tables { get; } = tables;

    public void Dispose()
    {
        foreach (IDisposable material in materials)
            material.Dispose();
    }
}

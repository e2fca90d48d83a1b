namespace CertAuth.Ratios;

/// <summary>A table of cases, which are compared with the first one.</summary>
internal sealed record Table(string Title, IReadOnlyList<Case> Cases)
{
    /// <summary>What the sizes of a table of growth count.</summary>
    internal string Of { get; private init; } = "";

    /// <summary>Creates a table of the same cases on material of increasing size.</summary>
    internal static Table Growing(string title, string of, Case unit, int[] sizes, Func<int, IEnumerable<Case>> create) =>
        new(title, [unit, .. sizes.SelectMany(size => create(size).Select(c => c with { Size = size }))]) { Of = of };
}

namespace CertAuth.Ratios;

/// <summary>A row of a table, and of a table of growth if it has a name there. <c>Bind</c> creates the material of the operation and
/// returns the operation, which returns true if it was accepted.</summary>
internal sealed record Case(string Name, Func<Func<bool>> Bind, bool Expected, Goal? Goal, string? Growth)
{
    /// <summary>The number of operations in one call of a case that takes only nanoseconds.</summary>
    internal const int Many = 64;

    /// <summary>The number of operations in one call.</summary>
    internal int Operations { get; init; } = 1;

    /// <summary>A value that indicates whether the case is a baseline or another library.</summary>
    internal bool IsPeer { get; init; }

    /// <summary>The size of the material in a table of growth.</summary>
    internal int? Size { get; init; }

    /// <summary>Returns the result of <see cref="Many"/> operations, which must be the same.</summary>
    internal static bool AllOrNone(int accepted) => accepted is 0 or Many
        ? accepted > 0
        : throw new InvalidOperationException($"{accepted} of {Many} operations are accepted; all or none must be.");
}

/// <summary>The goal of a case: the maximum ratio, and the maximum number of bytes that one operation allocates, or null for no
/// limit.</summary>
internal sealed record Goal(double Ratio, long? Bytes = null)
{
    public static implicit operator Goal(double ratio) => new(ratio);
}

/// <summary>Material that is created when its first case runs, and the cases that use it.</summary>
internal sealed class Cases<T>(Func<T> create)
{
    private readonly Lazy<T> _material = new(create);

    internal Case Of(string name, Func<T, bool> run, bool expected = true, Goal? goal = null, string? growth = null) => new(
        name,
        () =>
        {
            T material = _material.Value;
            return () => run(material);
        },
        expected,
        goal,
        growth);

    /// <summary>Creates a case with <see cref="Case.Many"/> operations in one call.</summary>
    internal Case OfMany(string name, Func<T, bool> run, bool expected = true, Goal? goal = null, string? growth = null) =>
        Of(name, run, expected, goal, growth) with { Operations = Case.Many };

    /// <summary>Creates a case for a baseline or another library, which has no goal.</summary>
    internal Case Peer(string name, Func<T, bool> run, bool expected = true, string? growth = null) =>
        Of(name, run, expected, null, growth) with { IsPeer = true };
}

/// <summary>A table of cases, which are compared with the first one.</summary>
internal sealed record Table(string Title, IReadOnlyList<Case> Cases)
{
    /// <summary>What the sizes of a table of growth count.</summary>
    internal string Of { get; private init; } = "";

    /// <summary>Creates a table of the same cases on material of increasing size.</summary>
    internal static Table Growing(string title, string of, Case unit, int[] sizes, Func<int, IEnumerable<Case>> create)
    {
        IEnumerable<Case> cases = sizes.SelectMany(size => create(size).Where(c => c.Growth is not null)
            .Select(c => c with { Name = c.Growth!, Goal = null, Size = size }));
        return new(title, [unit, .. cases]) { Of = of };
    }
}

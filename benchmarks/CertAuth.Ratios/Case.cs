namespace CertAuth.Ratios;

/// <summary>A row of a table.</summary>
/// <param name="Name">The description of the operation.</param>
/// <param name="Bind">A delegate that returns the operation, which returns true if it was accepted. Its material is created only
/// then.</param>
/// <param name="Expected">The expected result.</param>
/// <param name="Goal">The goal; null for none.</param>
internal sealed record Case(string Name, Func<Func<bool>> Bind, bool Expected = true, Goal? Goal = null)
{
    /// <summary>The number of operations in one call of a case that takes only nanoseconds.</summary>
    internal const int Many = 64;

    /// <summary>The number of operations in one call.</summary>
    internal int Operations { get; init; } = 1;

    /// <summary>A value that indicates whether the case is a baseline or another library.</summary>
    internal bool IsPeer { get; init; }

    /// <summary>The size of the material in a table of growth.</summary>
    internal int? Size { get; init; }

    /// <summary>Creates a case for a baseline or another library, which has no goal.</summary>
    internal static Case Peer(string name, Func<Func<bool>> bind, bool expected = true) => new(name, bind, expected) { IsPeer = true };

    /// <summary>Creates a case with <see cref="Many"/> operations in one call.</summary>
    internal static Case OfMany(string name, Func<Func<bool>> bind, bool expected = true, Goal? goal = null) =>
        new(name, bind, expected, goal) { Operations = Many };

    /// <summary>Returns the result of <see cref="Many"/> operations, which must be the same.</summary>
    internal static bool AllOrNone(int accepted) => accepted switch
    {
        0 => false,
        Many => true,
        _ => throw new InvalidOperationException($"{accepted} of {Many} operations are accepted; all or none must be."),
    };
}

/// <summary>The goal of a case.</summary>
/// <param name="Ratio">The maximum ratio.</param>
/// <param name="Bytes">The maximum number of bytes that one operation allocates; null for no limit.</param>
internal sealed record Goal(double Ratio, long? Bytes = null)
{
    public static implicit operator Goal(double ratio) => new(ratio);
}

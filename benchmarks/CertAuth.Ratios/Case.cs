namespace CertAuth.Ratios;

/// <summary>One row of a table.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Run">Does it, and returns whether it was accepted.</param>
/// <param name="Expected">What it must return.</param>
/// <param name="Goal">What is good; null where there is no goal.</param>
internal sealed record Case(string Name, Func<bool> Run, bool Expected, Goal? Goal = null)
{
    /// <summary>How many operations one call of <see cref="Run"/> does.</summary>
    internal int Operations { get; init; } = 1;

    /// <summary>Whether it is not the library: a floor or a peer.</summary>
    internal bool IsPeer { get; init; }

    /// <summary>A floor or a peer, which has no goal.</summary>
    internal static Case Peer(string name, Func<bool> run, bool expected = true) => new(name, run, expected) { IsPeer = true };
}

/// <summary>What is good.</summary>
/// <param name="Ratio">The highest ratio.</param>
/// <param name="Bytes">The most bytes that one operation allocates; null for any.</param>
internal sealed record Goal(double Ratio, long? Bytes = null)
{
    public static implicit operator Goal(double ratio) => new(ratio);
}

namespace CertAuth.Ratios;

/// <summary>A row of a table.</summary>
/// <param name="Name">The description of the operation.</param>
/// <param name="Run">A delegate that runs the operation and returns true if it was accepted.</param>
/// <param name="Expected">The expected result.</param>
/// <param name="Goal">The goal; null for none.</param>
internal sealed record Case(string Name, Func<bool> Run, bool Expected, Goal? Goal = null)
{
    /// <summary>The number of operations in one call of <see cref="Run"/>.</summary>
    internal int Operations { get; init; } = 1;

    /// <summary>A value that indicates whether the case is a baseline or another library.</summary>
    internal bool IsPeer { get; init; }

    /// <summary>Creates a case for a baseline or another library, which has no goal.</summary>
    internal static Case Peer(string name, Func<bool> run, bool expected = true) => new(name, run, expected) { IsPeer = true };
}

namespace CertAuth.Ratios;

/// <summary>One row of the table.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Run">Does it once, and returns whether it was accepted.</param>
/// <param name="Expected">What it must return.</param>
/// <param name="Goal">The highest ratio that is good; null for a peer.</param>
internal sealed record Case(string Name, Func<bool> Run, bool Expected, double? Goal = null);

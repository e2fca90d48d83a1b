namespace CertAuth.Tests.Trust.Differential;

/// <summary>A description of a random chain: a plain chain with deviations. A disagreement can be shrunk to the deviations that cause
/// it.</summary>
/// <param name="Number">The number of the chain, which makes its names unique.</param>
/// <param name="Depth">The number of certificates, root and leaf included.</param>
/// <param name="Deviations">The deviations, in the order in which they were chosen.</param>
internal sealed record ChainPlan(int Number, int Depth, IReadOnlyList<Deviation> Deviations)
{
    /// <summary>Gets the time at which all chains are verified.</summary>
    internal static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Creates a random plan. The same seed and number always give the same plan.</summary>
    internal static ChainPlan Random(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        int depth = random.Next(2, 6);
        int count = random.Next(8) switch { 0 => 0, <= 3 => 1, <= 5 => 2, _ => 4 };
        List<Deviation> deviations = [];
        for (int i = 0; i < count; i++)
            deviations.AddRange(DeviationCatalog.Pick(random, depth));
        return new(number, depth, deviations);
    }

    internal BuiltChain Build() => ChainBuilder.Build(this);

    /// <summary>Returns the plan with the fewest deviations that still cause the disagreement.</summary>
    internal ChainPlan Shrink(Func<ChainPlan, bool> disagrees)
    {
        ChainPlan plan = this;
        for (int i = plan.Deviations.Count - 1; i >= 0; i--)
        {
            ChainPlan smaller = plan with { Deviations = [.. plan.Deviations.Where((_, at) => at != i)] };
            if (disagrees(smaller))
                plan = smaller;
        }

        return plan;
    }

    /// <summary>Returns the deviations in one line, without duplicates.</summary>
    internal string ToClass() => string.Join(" ", Deviations.Select(o => o.ToClass()).Distinct().Order(StringComparer.Ordinal));

    public override string ToString() => $"chain {Number}, {Depth} certificates: {string.Join(" ", Deviations)}";
}

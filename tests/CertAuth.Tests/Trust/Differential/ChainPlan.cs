using CertAuth.Testing;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>One oddity of one certificate of a chain.</summary>
/// <param name="Position">0 is the root, the last is the leaf.</param>
/// <param name="What">A word, or a kind and a value with a colon between.</param>
internal sealed record Deviation(int Position, string What)
{
    /// <summary>For a class of disagreements: a constraint without its value.</summary>
    internal string ToClass() =>
        What.StartsWith("permit:", StringComparison.Ordinal) || What.StartsWith("exclude:", StringComparison.Ordinal)
            ? string.Join(':', What.Split(':')[..2])
            : What;
}

/// <summary>What a random chain is like; a plain one but for its oddities, so that a disagreement can be shrunk to those that make
/// it.</summary>
/// <param name="Number">Tells the names of this chain from those of others.</param>
/// <param name="Depth">Certificates, root and leaf included.</param>
/// <param name="Oddities">In the order in which they were drawn.</param>
internal sealed record ChainPlan(int Number, int Depth, IReadOnlyList<Deviation> Oddities)
{
    /// <summary>The instant at which all judge.</summary>
    internal static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The plan of a number, the same at each run.</summary>
    internal static ChainPlan Random(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        int depth = random.Next(2, 6);
        int count = random.Next(8) switch { 0 => 0, <= 3 => 1, <= 5 => 2, _ => 4 };
        List<Deviation> oddities = [];
        for (int i = 0; i < count; i++)
            oddities.AddRange(DeviationCatalog.Pick(random, depth));
        return new(number, depth, oddities);
    }

    internal BuiltChain Build() => ChainBuilder.Build(this);

    /// <summary>The plan with as few oddities as still make the disagreement.</summary>
    internal ChainPlan Shrink(Func<ChainPlan, bool> disagrees)
    {
        ChainPlan plan = this;
        for (int i = plan.Oddities.Count - 1; i >= 0; i--)
        {
            ChainPlan smaller = plan with { Oddities = [.. plan.Oddities.Where((_, at) => at != i)] };
            if (disagrees(smaller))
                plan = smaller;
        }

        return plan;
    }

    /// <summary>The oddities in one line, each once.</summary>
    internal string ToClass() => string.Join(" ", Oddities.Select(o => o.ToClass()).Distinct().Order(StringComparer.Ordinal));

    public override string ToString() => $"chain {Number}, {Depth} certificates: {string.Join(" ", Oddities)}";
}

/// <summary>A chain as DER: the root, what the peer sends beside the leaf (the leaf's issuer first), and the leaf.</summary>
internal sealed record BuiltChain(TestCertificate Root, IReadOnlyList<TestCertificate> Sent, TestCertificate Leaf);

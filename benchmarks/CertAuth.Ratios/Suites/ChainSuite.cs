namespace CertAuth.Ratios.Suites;

/// <summary>The cost of verifying that a CA of the bundle issued a client's certificate.</summary>
internal static class ChainSuite
{
    private const double First = 1.5, SeenBefore = 0.1;

    internal static Suite Create(Case unit) => new(
        [new("chain of 2", [unit, .. new[] { 1, 10, 200 }.SelectMany(Create)])],
        Table.Growing("anchors of a bundle", "anchors", unit, [1, 10, 50, 200], Create));

    // A rejection should cost no more than an acceptance.
    private static IEnumerable<Case> Create(int anchors)
    {
        Cases<ChainMaterial> chain = new(() => new(anchors));
        string of = $"{anchors} anchors";
        return
        [
            chain.Of($"chain of 2, first time, {of}", m => m.Verify(m.Good.Next()), true, First, "first time"),
            chain.Of($"chain of 2, seen before, {of}", m => m.Verify(m.Seen), true, SeenBefore, "seen before"),
            chain.Of($"chain rejected: untrusted leaf, {of}", m => m.Verify(m.Untrusted.Next()), false, First, "untrusted leaf"),
            chain.Of($"chain rejected: forged leaf, {of}", m => m.Verify(m.Forged.Next()), false, First, "forged leaf"),
            chain.Of($"chain rejected: expired leaf, {of}", m => m.Verify(m.Expired.Next()), false, First, "expired leaf"),
            chain.Peer($"X509Chain.Build, {of}", m => m.Build(m.GoodLeaf), true, "X509Chain.Build"),
            chain.Peer(
                $"X509Chain.Build, untrusted leaf, {of}", m => m.Build(m.UntrustedLeaf), false, "X509Chain.Build, untrusted leaf"),
        ];
    }
}

using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of verifying that a CA of the bundle issued a client's certificate.</summary>
internal static class ChainSuite
{
    private const double First = 1.5;
    private const double SeenBefore = 0.1;

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        int[] anchors = [1, 10, 200];
        ChainMaterial[] materials = [.. anchors.Select(count => new ChainMaterial(count))];
        IEnumerable<Case> cases = anchors.Zip(materials).SelectMany(pair => CasesOf(pair.First, pair.Second));
        return new([new("chain of 2", [Suites.Unit(rsa), .. cases])], materials);
    }

    internal static Suite<GrowthTable> CreateGrowth()
    {
        int[] anchors = [1, 10, 50, 200];
        ChainMaterial[] materials = [.. anchors.Select(count => new ChainMaterial(count))];
        IEnumerable<GrowthRow> rows = anchors.Zip(materials, (count, chain) => new GrowthRow(count, Row(chain)));
        return new([new("anchors of a bundle", "anchors", [.. rows])], materials);
    }

    // A rejection should cost no more than an acceptance.
    private static Case[] CasesOf(int anchors, ChainMaterial chain) =>
    [
        new($"chain of 2, first time, {anchors} anchors", chain.VerifyFirst, true, First),
        new($"chain of 2, seen before, {anchors} anchors", chain.VerifySeenBefore, true, SeenBefore),
        new($"chain rejected: untrusted leaf, {anchors} anchors", chain.RejectUntrusted, false, First),
        new($"chain rejected: forged leaf, {anchors} anchors", chain.RejectForged, false, First),
        new($"chain rejected: expired leaf, {anchors} anchors", chain.RejectExpired, false, First),
        Case.Peer($"X509Chain.Build, {anchors} anchors", chain.X509ChainBuild),
        Case.Peer($"X509Chain.Build, untrusted leaf, {anchors} anchors", chain.X509ChainRejectUntrusted, expected: false),
    ];

    private static Case[] Row(ChainMaterial chain) =>
    [
        new("first time", chain.VerifyFirst, true),
        new("seen before", chain.VerifySeenBefore, true),
        new("untrusted leaf", chain.RejectUntrusted, false),
        new("forged leaf", chain.RejectForged, false),
        Case.Peer("X509Chain.Build", chain.X509ChainBuild),
        Case.Peer("X509Chain.Build, untrusted leaf", chain.X509ChainRejectUntrusted, expected: false),
    ];
}

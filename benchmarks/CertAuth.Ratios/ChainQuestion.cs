using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>What does it cost to find out whether a client's certificate is from a CA of the bundle?</summary>
internal static class ChainQuestion
{
    private const double First = 1.5;
    private const double SeenBefore = 0.1;

    internal static Question<Table> Ask(RsaVerification rsa)
    {
        int[] anchors = [1, 10, 200];
        ChainMaterial[] materials = [.. anchors.Select(count => new ChainMaterial(count))];
        return new([new("chain of 2", [Questions.Unit(rsa), .. anchors.Zip(materials).SelectMany(pair => CasesOf(pair.First, pair.Second))])], materials);
    }

    internal static Question<GrowthTable> Grow()
    {
        int[] anchors = [1, 10, 50, 200];
        ChainMaterial[] materials = [.. anchors.Select(count => new ChainMaterial(count))];
        return new([new("anchors of a bundle", "anchors", [.. anchors.Zip(materials, (count, chain) => new GrowthRow(count, Row(chain)))])], materials);
    }

    // Refusing should cost no more than accepting.
    private static Case[] CasesOf(int anchors, ChainMaterial chain) =>
    [
        new($"chain of 2, first time, {anchors} anchors", chain.VerifyFirst, true, First),
        new($"chain of 2, seen before, {anchors} anchors", chain.VerifySeenBefore, true, SeenBefore),
        new($"chain refused: stranger's leaf, {anchors} anchors", chain.RejectStranger, false, First),
        new($"chain refused: forged leaf, {anchors} anchors", chain.RejectForged, false, First),
        new($"chain refused: expired leaf, {anchors} anchors", chain.RejectExpired, false, First),
        Case.Peer($"X509Chain.Build, {anchors} anchors", chain.X509ChainBuild),
        Case.Peer($"X509Chain.Build, stranger's, {anchors} anchors", chain.X509ChainRejectStranger, expected: false),
    ];

    private static Case[] Row(ChainMaterial chain) =>
    [
        new("first time", chain.VerifyFirst, true),
        new("seen before", chain.VerifySeenBefore, true),
        new("stranger's leaf", chain.RejectStranger, false),
        new("forged leaf", chain.RejectForged, false),
        Case.Peer("X509Chain.Build", chain.X509ChainBuild),
        Case.Peer("X509Chain.Build, stranger's", chain.X509ChainRejectStranger, expected: false),
    ];
}

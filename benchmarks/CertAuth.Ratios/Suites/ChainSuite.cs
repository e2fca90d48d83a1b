namespace CertAuth.Ratios.Suites;

/// <summary>The cost of verifying that a CA of the bundle issued a client's certificate.</summary>
internal static class ChainSuite
{
    private const double First = 1.5;
    private const double SeenBefore = 0.1;

    internal static Suite Create(Case unit) => new(
        [
            new("chain of 2", [unit, .. new[] { 1, 10, 200 }.SelectMany(anchors => Cases(anchors, new(() => new(anchors))))]),
        ],
        Table.Growing("anchors of a bundle", "anchors", unit, [1, 10, 50, 200], anchors => Grow(new(() => new(anchors)))));

    // A rejection should cost no more than an acceptance.
    private static Case[] Cases(int anchors, Lazy<ChainMaterial> chain) =>
    [
        new($"chain of 2, first time, {anchors} anchors", () => chain.Value.VerifyFirst, true, First),
        new($"chain of 2, seen before, {anchors} anchors", () => chain.Value.VerifySeenBefore, true, SeenBefore),
        new($"chain rejected: untrusted leaf, {anchors} anchors", () => chain.Value.RejectUntrusted, false, First),
        new($"chain rejected: forged leaf, {anchors} anchors", () => chain.Value.RejectForged, false, First),
        new($"chain rejected: expired leaf, {anchors} anchors", () => chain.Value.RejectExpired, false, First),
        Case.Peer($"X509Chain.Build, {anchors} anchors", () => chain.Value.X509ChainBuild),
        Case.Peer($"X509Chain.Build, untrusted leaf, {anchors} anchors", () => chain.Value.X509ChainRejectUntrusted, expected: false),
    ];

    private static Case[] Grow(Lazy<ChainMaterial> chain) =>
    [
        new("first time", () => chain.Value.VerifyFirst),
        new("seen before", () => chain.Value.VerifySeenBefore),
        new("untrusted leaf", () => chain.Value.RejectUntrusted, false),
        new("forged leaf", () => chain.Value.RejectForged, false),
        new("expired leaf", () => chain.Value.RejectExpired, false),
        Case.Peer("X509Chain.Build", () => chain.Value.X509ChainBuild),
        Case.Peer("X509Chain.Build, untrusted leaf", () => chain.Value.X509ChainRejectUntrusted, expected: false),
    ];
}

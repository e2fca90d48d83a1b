using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>What does it cost to find out whether a client's certificate is from a CA of the bundle?</summary>
internal sealed class ChainQuestion : IDisposable
{
    private const double First = 1.5;
    private const double SeenBefore = 0.1;

    private readonly RsaVerification _rsa = new();
    private readonly ChainMaterial[] _materials;

    internal ChainQuestion(params int[] anchors)
    {
        _materials = [.. anchors.Select(count => new ChainMaterial(count))];
        Cases = [new("RSA.VerifyHash", _rsa.Verify, true), .. anchors.Zip(_materials).SelectMany(pair => CasesOf(pair.First, pair.Second))];
    }

    internal IReadOnlyList<Case> Cases { get; }

    public void Dispose()
    {
        foreach (ChainMaterial material in _materials)
            material.Dispose();
        _rsa.Dispose();
    }

    // Refusing should cost no more than accepting.
    private static Case[] CasesOf(int anchors, ChainMaterial chain) =>
    [
        new($"chain of 2, first time, {anchors} anchors", chain.VerifyFirst, true, First),
        new($"chain of 2, seen before, {anchors} anchors", chain.VerifySeenBefore, true, SeenBefore),
        new($"stranger's leaf, {anchors} anchors", chain.RefuseStranger, false, First),
        new($"forged leaf, {anchors} anchors", chain.RefuseForged, false, First),
        new($"expired leaf, {anchors} anchors", chain.RefuseExpired, false, First),
        new($"X509Chain.Build, {anchors} anchors", chain.X509ChainBuild, true),
        new($"X509Chain.Build, stranger's, {anchors} anchors", chain.X509ChainRefuseStranger, false),
    ];
}

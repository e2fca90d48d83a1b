using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>All suites by name. A suite creates its material when it is created.</summary>
internal static class Suites
{
    /// <summary>The name of the parallel run, which measures every operation of the other selected suites on one core and on all
    /// cores.</summary>
    internal const string Parallel = "parallel";

    internal static IReadOnlyDictionary<string, Func<RsaVerification, Suite<Table>>> All { get; } =
        new Dictionary<string, Func<RsaVerification, Suite<Table>>>
        {
            ["names"] = NameSuite.Create,
            ["sans"] = SanSuite.Create,
            ["facts"] = CertificateParsingSuite.Create,
            ["require"] = RequirementSuite.Create,
            ["tokens"] = TokenSuite.Create,
            ["cert-info"] = CertInfoSuite.Create,
            ["chains"] = ChainSuite.Create,
        };

    internal static IReadOnlyDictionary<string, Func<Suite<GrowthTable>>> Growing { get; } =
        new Dictionary<string, Func<Suite<GrowthTable>>>
        {
            ["names"] = NameSuite.CreateGrowth,
            ["sans"] = SanSuite.CreateGrowth,
            ["tokens"] = TokenSuite.CreateGrowth,
            ["chains"] = ChainSuite.CreateGrowth,
        };

    /// <summary>Returns the unit, the first case of each table.</summary>
    internal static Case Unit(RsaVerification rsa) => Case.Peer("RSA.VerifyHash", rsa.Verify);

    /// <summary>Returns the cases for comparison in the parallel run: the unit and JsonWebTokens.</summary>
    internal static IReadOnlyList<Case> ParallelPeers(RsaVerification rsa) =>
        [Unit(rsa), Case.Peer("JsonWebTokens 8.16.0", new TokenMaterial(keys: 1).Peers.Validate)];
}

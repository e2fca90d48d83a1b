using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>All questions by name. Each creates its material when it is asked.</summary>
internal static class Questions
{
    /// <summary>The name of the parallel run, which measures every operation of the other selected questions on one core and on all
    /// cores.</summary>
    internal const string Parallel = "parallel";

    internal static IReadOnlyDictionary<string, Func<RsaVerification, Question<Table>>> All { get; } =
        new Dictionary<string, Func<RsaVerification, Question<Table>>>
        {
            ["names"] = NameQuestion.Ask,
            ["sans"] = SanQuestion.Ask,
            ["facts"] = CertificateParsingQuestion.Ask,
            ["require"] = RequirementQuestion.Ask,
            ["tokens"] = TokenQuestion.Ask,
            ["cert-info"] = CertInfoQuestion.Ask,
            ["chains"] = ChainQuestion.Ask,
        };

    internal static IReadOnlyDictionary<string, Func<Question<GrowthTable>>> Growing { get; } =
        new Dictionary<string, Func<Question<GrowthTable>>>
        {
            ["names"] = NameQuestion.Grow,
            ["sans"] = SanQuestion.Grow,
            ["tokens"] = TokenQuestion.Grow,
            ["chains"] = ChainQuestion.Grow,
        };

    /// <summary>Returns the unit, the first case of each table.</summary>
    internal static Case Unit(RsaVerification rsa) => Case.Peer("RSA.VerifyHash", rsa.Verify);

    /// <summary>Returns the cases for comparison in the parallel run: the unit and JsonWebTokens.</summary>
    internal static IReadOnlyList<Case> ParallelPeers(RsaVerification rsa) =>
        [Unit(rsa), Case.Peer("JsonWebTokens 8.16.0", new TokenMaterial(keys: 1).Peers.Validate)];
}

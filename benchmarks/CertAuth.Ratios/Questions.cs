using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>All questions by name. Their material is made when they are asked.</summary>
internal static class Questions
{
    /// <summary>Not a question of its own: every operation of the questions beside it, or of all, on one core and on all at once.</summary>
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

    internal static IReadOnlyDictionary<string, Func<Question<GrowthTable>>> Growing { get; } = new Dictionary<string, Func<Question<GrowthTable>>>
    {
        ["names"] = NameQuestion.Grow,
        ["sans"] = SanQuestion.Grow,
        ["tokens"] = TokenQuestion.Grow,
        ["chains"] = ChainQuestion.Grow,
    };

    /// <summary>The unit, with which each table begins.</summary>
    internal static Case Unit(RsaVerification rsa) => Case.Peer("RSA.VerifyHash", rsa.Verify);

    /// <summary>What is said of parallel work that is not the library's: the unit, and the package.</summary>
    internal static IReadOnlyList<Case> ParallelPeers(RsaVerification rsa) =>
        [Unit(rsa), Case.Peer("JsonWebTokens 8.16.0", new TokenMaterial(keys: 1).Peers.Validate)];
}

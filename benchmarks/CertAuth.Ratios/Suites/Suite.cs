namespace CertAuth.Ratios.Suites;

/// <summary>The tables of a suite, and its tables of growth. Their material is created when a case runs.</summary>
internal sealed record Suite(IReadOnlyList<Table> Tables, params IReadOnlyList<Table> Growth)
{
    private static readonly (string Name, Func<Case, Suite> Create)[] s_all =
    [
        ("names", NameSuite.Create),
        ("sans", SanSuite.Create),
        ("facts", CertificateParsingSuite.Create),
        ("require", RequirementSuite.Create),
        ("tokens", TokenSuite.Create),
        ("cert-info", CertInfoSuite.Create),
        ("chains", ChainSuite.Create),
    ];

    internal static IReadOnlyList<string> Names { get; } = [.. s_all.Select(suite => suite.Name)];

    internal static IReadOnlyList<string> GrowingNames { get; } = [.. Names.Where(name => Create(name, Unit).Growth.Count > 0)];

    /// <summary>Returns the first case of each table.</summary>
    internal static Case Unit
    {
        get
        {
            Lazy<RsaVerification> rsa = new(() => new());
            return Case.Peer("RSA.VerifyHash", () => rsa.Value.Verify);
        }
    }

    /// <summary>Returns the case that the parallel run compares with the unit.</summary>
    internal static Case ParallelPeer => Case.Peer("JsonWebTokens 8.16.0", () => new TokenMaterial(keys: 1).Peers.Validate);

    internal static Suite Create(string name, Case unit) => s_all.First(suite => suite.Name == name).Create(unit);
}

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

    internal static IReadOnlyList<string> GrowingNames { get; } = [.. Names.Where(name => Create(name, CreateUnit()).Growth.Count > 0)];

    internal static Suite Create(string name, Case unit) => s_all.First(suite => suite.Name == name).Create(unit);

    /// <summary>Creates the first case of each table.</summary>
    internal static Case CreateUnit() => new Cases<RsaVerification>(() => new()).Peer("RSA.VerifyHash", rsa => rsa.Verify());
}

namespace CertAuth.Benchmarks;

/// <summary>A CA, an issuer of tokens and a proxy, each with RSA-2048, which create what clients need for their logins.</summary>
internal sealed class LoginMaterial
{
    internal const string Issuer = "https://issuer.example", Email = "users@example.com";

    private readonly TestKey _key = TestKey.Create(TestKeyType.Rsa2048);
    private readonly TimeProvider _clock;
    private readonly CertInfoTokenIssuer _proxy;
    private readonly TrustBundle _bundle;

    internal LoginMaterial(TimeProvider clock)
    {
        // The clock of the package for comparison advances. One day is longer than any run.
        TestTokenMinterOptions tokens = new()
        {
            Algorithm = SignatureAlgorithm.RS256,
            Key = _key,
            Issuer = Issuer,
            Lifetime = TimeSpan.FromDays(1),
            TimeProvider = clock,
        };
        (_clock, Minter) = (clock, new(tokens));
        Ca = CreateAuthority("CA");
        _bundle = Logins.Bundle(Ca);
        _proxy = CreateProxy(IssueSigner());
    }

    internal TestCertificateAuthority Ca { get; }

    internal TestTokenMinter Minter { get; }

    internal byte[] Challenge { get; } = TestProxySigner.AnyChallenge.ToArray();

    internal TestCertificateAuthority CreateAuthority(string name) => TestCertificateAuthority.Create(
        TestName.Of(("C", "US"), ("O", "Example"), ("CN", name)), new() { KeyType = TestKeyType.Rsa2048, TimeProvider = _clock });

    /// <summary>Renews the certificate of the proxy's key. The key stays the same, so that older tokens still need only one
    /// verification.</summary>
    internal TestCertificate IssueSigner() => Ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), Key = _key });

    /// <summary>Returns the requirement that the certificate of a user meets.</summary>
    internal static string Require(string user) =>
        $"REQUIRE SUBJECT '/C=US/ST=California/L=San Francisco/O=Example/OU=Databases/CN={user}' AND ISSUER '/C=US/O=Example/CN=CA' "
        + $"AND SAN 'URI:spiffe://example.org/service/{user}'";

    internal byte[] IssueLeaf(string user, TestCertificateAuthority? authority = null) => (authority ?? Ca).Issue(new()
    {
        Subject = TestName.Of(
            ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "Example"), ("OU", "Databases"), ("CN", user)),
        Sans = [TestSan.Uri($"spiffe://example.org/service/{user}")],
        Key = _key,
    }).Der.ToArray();

    internal byte[] Mint(string user, TestTokenFault fault = TestTokenFault.None) =>
        Encoding.ASCII.GetBytes(Minter.Mint(user, Email, fault));

    /// <summary>Returns the token that a proxy sends for a client, or that a proxy with an unknown key sends.</summary>
    internal CertInfoToken Forward(string user, byte[] leaf, bool isProxyKnown = true)
    {
        CertInfoTokenIssuer proxy = isProxyKnown
            ? _proxy
            : CreateProxy(Ca.Issue(new() { Subject = TestName.Of(("CN", "unknown proxy")), KeyType = TestKeyType.Rsa2048 }));
        return Logins.Forward(proxy, Logins.Connect(Logins.Verify(_bundle, leaf)), user, Challenge);
    }

    private CertInfoTokenIssuer CreateProxy(TestCertificate signer)
    {
        // The maximum lifetime, for clocks that advance.
        CertInfoTokenIssuerOptions options = new() { TimeProvider = _clock, Lifetime = TimeSpan.FromMinutes(5) };
        return new(Source.Fixed(new TestProxySigner(signer, options).KeyPair), options);
    }
}

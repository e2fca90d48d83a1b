using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Load;

/// <summary>A CA, an issuer of tokens and a proxy, each with RSA-2048, and a ring of clients with different names.</summary>
internal sealed class LoginMaterial
{
    internal const string Issuer = "https://issuer.example", Email = "users@example.com";

    private readonly TestKey _leafKey = TestKey.Create(TestKeyType.Rsa2048);
    private readonly TestKey _signerKey = TestKey.Create(TestKeyType.Rsa2048);
    private readonly CertInfoTokenIssuer _proxy;
    private readonly TrustBundle _bundle;
    private readonly TestTokenMinter _minter;

    internal LoginMaterial(int ringSize)
    {
        // The clock of the package for comparison advances. One day is longer than any run.
        _minter = new(new()
        {
            Algorithm = SignatureAlgorithm.RS256,
            Issuer = Issuer,
            Lifetime = TimeSpan.FromDays(1),
            TimeProvider = Clock,
        });
        Ca = CreateAuthority("CA");
        _bundle = Logins.Bundle(Ca);
        _proxy = CreateProxy(IssueSigner());
        Clients = new Client[ringSize];
        Parallel.For(0, ringSize, i => Clients[i] = CreateClient($"user{i}"));
    }

    internal TimeProvider Clock { get; } = new FrozenClock();

    internal TestCertificateAuthority Ca { get; }

    internal TestTokenKey TokenKey => _minter.Key;

    internal Client[] Clients { get; }

    internal byte[] Challenge { get; } = TestProxySigner.AnyChallenge.ToArray();

    internal TestCertificateAuthority CreateAuthority(string name) => TestCertificateAuthority.Create(
        TestName.Of(("C", "US"), ("O", "Example"), ("CN", name)), new() { KeyType = TestKeyType.Rsa2048, TimeProvider = Clock });

    /// <summary>Renews the certificate of the proxy's key. The key stays the same, so that older tokens still need only one
    /// verification.</summary>
    internal TestCertificate IssueSigner() => Ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), Key = _signerKey });

    /// <summary>Creates leaves of a CA with the name of the trusted one and another key.</summary>
    internal byte[][] CreateForgedLeaves(int count)
    {
        TestCertificateAuthority forger = Ca.Rotate();
        byte[][] leaves = new byte[count][];
        Parallel.For(0, count, i => leaves[i] = IssueLeaf(forger, $"user{i}"));
        return leaves;
    }

    internal byte[] Mint(string user, TestTokenFault fault = TestTokenFault.None) =>
        Encoding.ASCII.GetBytes(_minter.Mint(user, Email, fault));

    /// <summary>Returns the attributes that a proxy with an unknown key sends for a client.</summary>
    internal IReadOnlyList<ConnectionAttribute> ForwardByUnknownProxy(Client client) => Forward(
        CreateProxy(Ca.Issue(new() { Subject = TestName.Of(("CN", "unknown proxy")), KeyType = TestKeyType.Rsa2048 })),
        client.Name,
        client.Leaf);

    private Client CreateClient(string user)
    {
        byte[] leaf = IssueLeaf(Ca, user);
        LoginRequirement requirement = LoginRequirement.Parse(
            $"REQUIRE CIPHER 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384' AND ISSUER '/C=US/O=Example/CN=CA' "
            + $"AND SUBJECT '/C=US/ST=California/L=San Francisco/O=Example/OU=Databases/CN={user}' "
            + $"AND SAN 'URI:spiffe://example.org/service/{user}'");
        return new(
            user,
            Account.WithCertificate(user, requirement),
            Account.WithToken(user, $"REQUIRE TOKEN_ISSUER '{Issuer}'", Email),
            leaf,
            Mint(user),
            Forward(_proxy, user, leaf));
    }

    private byte[] IssueLeaf(TestCertificateAuthority authority, string user) => authority.Issue(new()
    {
        Subject = TestName.Of(("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "Example"), ("OU", "Databases"),
            ("CN", user)),
        Sans = [TestSan.Uri($"spiffe://example.org/service/{user}")],
        Key = _leafKey,
    }).Der.ToArray();

    private CertInfoTokenIssuer CreateProxy(TestCertificate signer)
    {
        CertInfoTokenIssuerOptions options = new() { TimeProvider = Clock };
        return new(Source.Fixed(new TestProxySigner(signer, options).KeyPair), options);
    }

    private IReadOnlyList<ConnectionAttribute> Forward(CertInfoTokenIssuer proxy, string user, byte[] leaf) =>
        Logins.Forward(proxy, Logins.Connect(Logins.Verify(_bundle, leaf)), user, Challenge).ToAttributes();
}

/// <summary>A client with its accounts, its certificate and token, and the attributes that a proxy sends for it.</summary>
/// <param name="Name">The user name.</param>
/// <param name="ByCertificate">The account for logins by certificate, direct or forwarded.</param>
/// <param name="ByToken">The account for logins by token.</param>
/// <param name="Leaf">The certificate, DER.</param>
/// <param name="Token">The token, in ASCII.</param>
/// <param name="Forwarded">The two attributes that a proxy sends.</param>
internal sealed record Client(
    string Name, Account ByCertificate, Account ByToken, byte[] Leaf, byte[] Token, IReadOnlyList<ConnectionAttribute> Forwarded);

using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.Load;

/// <summary>A CA, an issuer of tokens and a proxy, each with RSA-2048, and a ring of clients with different names.</summary>
internal sealed class LoginMaterial
{
    internal const string Issuer = "https://issuer.example";
    private const string Email = "users@example.com";

    private readonly TestKey _leafKey = TestKey.Create(TestKeyType.Rsa2048);
    private readonly TestTokenKey _unknownTokenKey = TestTokenKey.Create("no-such-key");
    private readonly TestKey _signerKey = TestKey.Create(TestKeyType.Rsa2048);
    private readonly CertInfoTokenIssuer _proxy, _unknownProxy;
    private readonly TrustBundle _bundle;

    internal LoginMaterial(int ringSize, FrozenClock clock)
    {
        Clock = clock;
        Ca = CreateAuthority("CA");
        _bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(Ca.Pem));
        TestCertificate signer = IssueSigner();
        _proxy = CreateProxy(signer);
        _unknownProxy = CreateProxy(Ca.Issue(new() { Subject = TestName.Of(("CN", "unknown proxy")), KeyType = TestKeyType.Rsa2048 }));
        Clients = new Client[ringSize];
        Parallel.For(0, ringSize, i => Clients[i] = CreateClient($"user{i}"));
    }

    internal FrozenClock Clock { get; }

    internal TestCertificateAuthority Ca { get; }

    internal TestTokenKey TokenKey { get; } = TestTokenKey.Create("the-key");

    internal Client[] Clients { get; }

    internal byte[] ForgedToken => Corrupt(Clients[0].Token);

    /// <summary>A token for the first client from an unknown issuer.</summary>
    internal byte[] UnknownIssuerToken => Mint(_unknownTokenKey, Clients[0].ByToken.UserName);

    /// <summary>The attributes that an unknown proxy sends for the first client.</summary>
    internal IReadOnlyList<ConnectionAttribute> UnknownProxyAttributes =>
        Forward(_unknownProxy, Clients[0].ByCertificate.UserName, Clients[0].Leaf);

    internal byte[] Challenge { get; } = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

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

    private Client CreateClient(string user)
    {
        byte[] leaf = IssueLeaf(Ca, user);
        LoginRequirement requirement = LoginRequirement.Parse(
            $"REQUIRE CIPHER 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384' AND ISSUER '/C=US/O=Example/CN=CA' "
            + $"AND SUBJECT '/C=US/ST=California/L=San Francisco/O=Example/OU=Databases/CN={user}' "
            + $"AND SAN 'URI:spiffe://example.org/service/{user}'");
        return new(
            Account.WithCertificate(user, requirement),
            Account.WithToken(user, $"REQUIRE TOKEN_ISSUER '{Issuer}'", Email),
            leaf,
            Mint(TokenKey, user),
            Forward(_proxy, user, leaf));
    }

    private byte[] IssueLeaf(TestCertificateAuthority authority, string user) => authority.Issue(new()
    {
        Subject = TestName.Of(("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "Example"), ("OU", "Databases"),
            ("CN", user)),
        Sans = [TestSan.Uri($"spiffe://example.org/service/{user}")],
        Key = _leafKey,
    }).Der.ToArray();

    // The clock of the package for comparison advances. One day is longer than any run.
    private byte[] Mint(TestTokenKey key, string user) => Encoding.ASCII.GetBytes(key.Mint(new JsonObject
    {
        ["sub"] = user,
        ["email"] = Email,
        ["iss"] = Issuer,
        ["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = Clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds(),
    }));

    private CertInfoTokenIssuer CreateProxy(TestCertificate signer) => SigningKeyPair.TryParse(
        Encoding.ASCII.GetBytes(signer.Pem),
        Encoding.ASCII.GetBytes(signer.PrivateKeyPem),
        new() { TimeProvider = Clock },
        out SigningKeyPair? pair,
        out KeyPairError error)
            ? new(Source.Fixed(pair), new() { TimeProvider = Clock })
            : throw new InvalidOperationException($"{error}");

    private IReadOnlyList<ConnectionAttribute> Forward(CertInfoTokenIssuer proxy, string user, byte[] leaf)
    {
        if (!_bundle.TryVerify(leaf, [], out VerifiedCertificate? verified, out Rejection? rejection))
            throw new InvalidOperationException($"{rejection}");

        TlsConnectionInfo client = new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            ClientCertificate = verified,
            ClientCertificateRequested = true,
        };
        return proxy.TryIssue(client, user, Challenge, out CertInfoToken? token, out rejection)
            ? token.ToAttributes()
            : throw new InvalidOperationException($"{rejection}");
    }

    // Changes the first byte of the signature.
    private static byte[] Corrupt(byte[] token)
    {
        byte[] corrupt = [.. token];
        int signature = Array.LastIndexOf(corrupt, (byte)'.') + 1;
        corrupt[signature] = corrupt[signature] == (byte)'A' ? (byte)'B' : (byte)'A';
        return corrupt;
    }
}

using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Tests.Docs;

/// <summary>The examples of the test kit's README, one per region. <see cref="PageExampleTests"/> compares them with the
/// page.</summary>
internal static class KitExample
{
    internal static (TestCertificate, TestCertificate, TestCertificateAuthority) Issue()
    {
        #region issue
        FixedClock clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("O", "Example"), ("CN", "test CA")), new() { TimeProvider = clock });
        TestCertificate server = ca.IssueServer("db.test", "127.0.0.1");
        TestCertificate alice = ca.IssueClient(
            TestName.Of(("O", "Example"), ("CN", "alice")), TestSan.Uri("spiffe://example/alice"));

        // Names, dates, key and signature can have any value, including invalid ones.
        TestCertificate odd = ca.Issue(new()
        {
            Subject = TestName.FromRdns(new TestRdn(
                new TestNameAttribute("CN", "alice"), new TestNameAttribute("OU", "x/CN=root", TestStringType.Bmp))),
            NotAfter = clock.Now.AddDays(-1),
            CorruptSignature = true,
        });

        // An intermediate, and a rotation: a CA with the same name and a new key.
        TestCertificate below = ca.IssueIntermediate(TestName.Of(("CN", "sub"))).IssueClient(TestName.Of(("CN", "bob")));
        TestCertificateAuthority next = ca.Rotate();
        string combined = ca.Pem + next.Pem;
        #endregion
        Assert.Single(below.Chain);
        TrustBundle.Parse(Encoding.ASCII.GetBytes(combined), new() { TimeProvider = clock }).Anchors.Length.Should().Be(2);
        server.PrivateKeyPem.Should().NotBeNull();
        return (alice, odd, ca);
    }

    internal static async Task<(string, RejectionReason?)> LogInAsync(CancellationToken cancellationToken)
    {
        #region login
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "test CA")));
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(ca.IssueServer("db.test").ToServerCertificate()),
            ClientTrust = Source.Fixed(TrustBundle.Parse(ca.Der.Span)),
        });
        TestTlsClient client = new() { Certificate = ca.IssueClient(TestName.Of(("CN", "alice"))) };

        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(tls, client, cancellationToken);
        Account account = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");
        LoginAuthenticator authenticator = new();
        AuthenticationRequest request = new(account, loopback.Connection);
        AuthenticationResult result = await authenticator.AuthenticateAsync(request, cancellationToken);

        // With a certificate of another CA, the handshake fails, and the server has the reason.
        TestCertificateAuthority other = TestCertificateAuthority.Create(TestName.Of(("CN", "other CA")));
        TestTlsClient stranger = new() { Certificate = other.IssueClient(TestName.Of(("CN", "alice"))) };
        await using TestTlsLoopback rejected = await TestTlsLoopback.ConnectAsync(tls, stranger, cancellationToken);
        RejectionReason? why = rejected.Rejection?.Reason;
        #endregion
        return (result.ToString(), why);
    }

    internal static (TrustBundle, TestCertificate) Revoke()
    {
        #region revoke
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "test CA")));
        TestCertificate alice = ca.IssueClient(TestName.Of(("CN", "alice")));
        TrustBundle bundle = TrustBundle.Parse(ca.Der.Span, new() { RevocationLists = [ca.IssueRevocationList(alice).Der] });

        // A list can be faulty as well: another key signs this one.
        TestRevocationList forged = ca.IssueRevocationList([alice], new() { SigningKey = TestKey.Create() });
        #endregion
        Assert.False(forged.Der.IsEmpty);
        return (bundle, alice);
    }

    internal static async Task<(string, RejectionReason?)> LogInByTokenAsync(
        TlsConnectionInfo connection, CancellationToken cancellationToken)
    {
        #region token
        TestTokenMinter minter = new(new() { Issuer = "https://issuer.test" });
        LoginAuthenticator authenticator = new(new()
        {
            TokenAuthenticator = new TokenAuthenticator(Source.Fixed(minter.TokenKeySet)),
        });
        Account alice = Account.WithToken("alice", LoginRequirement.None);

        AuthenticationResult good = await authenticator.AuthenticateAsync(new(alice, connection)
        {
            Credential = Encoding.ASCII.GetBytes(minter.Mint("alice")),
        }, cancellationToken);
        AuthenticationResult bad = await authenticator.AuthenticateAsync(new(alice, connection)
        {
            Credential = Encoding.ASCII.GetBytes(minter.Mint("alice", fault: TestTokenFault.Expired)),
        }, cancellationToken);

        // A rotation: the new key signs. The set contains both keys until the old one is removed.
        minter.Rotate();
        byte[] jwks = minter.JwkSet;
        minter.RetireOldKeys();
        #endregion
        Assert.Contains("key-1", Encoding.UTF8.GetString(jwks), StringComparison.Ordinal);
        return (good.ToString(), bad.Rejection?.Reason);
    }

    internal static async Task<CertInfoResult> ForwardAsync(TlsConnectionInfo client, CancellationToken cancellationToken)
    {
        #region forward
        TestProxySigner proxy = TestProxySigner.Create();
        CertInfoTokenVerifier verifier = new(new() { SharedKey = proxy.Ring });

        ConnectionAttributes attributes = proxy.Issue(client, "alice", TestProxySigner.AnyChallenge.Span);
        CertInfoResult result = await verifier.VerifyAsync(
            attributes, "alice", TestProxySigner.AnyChallenge, cancellationToken);
        #endregion
        return result;
    }

    internal static (TestCertificateAuthority, TestTokenMinter) UseFixedKeys()
    {
        #region keys
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "RSA CA")), new() { Key = TestKey.Fixed(TestKeyType.Rsa4096) });
        TestTokenMinter minter = new(new()
        {
            Algorithm = SignatureAlgorithm.RS256,
            Key = TestKey.Fixed(TestKeyType.Rsa2048, number: 2),
        });
        #endregion
        return (ca, minter);
    }
}

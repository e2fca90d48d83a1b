using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tls;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Testing;

/// <summary>The examples of the test kit's README, one per region. <see cref="KitPageTests"/> runs them and compares them with the
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
        TestCertificate alice = ca.IssueClient(TestName.Of(("O", "Example"), ("CN", "alice")), TestSan.Uri("spiffe://example/alice"));

        // Everything can be said, and be wrong: the names, the dates, the key, the signature.
        TestCertificate odd = ca.Issue(new()
        {
            Subject = TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", "alice"), new TestNameAttribute("OU", "x/CN=root", TestStringType.Bmp))),
            NotAfter = clock.Now.AddDays(-1),
            CorruptSignature = true,
        });

        // Intermediates, and a rotation: the same name, a new key.
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
            ServerCertificate = new FixedSource<ServerCertificate>(ca.IssueServer("db.test").ToServerCertificate()),
            ClientTrust = new FixedSource<TrustBundle>(TrustBundle.Parse(ca.Der.Span)),
        });
        TestTlsClient client = new() { Certificate = ca.IssueClient(TestName.Of(("CN", "alice"))) };

        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(tls, client, cancellationToken);
        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(new()
        {
            Account = new("alice", AuthenticationMethod.Certificate, LoginRequirement.Parse("SUBJECT '/CN=alice'")),
            Connection = loopback.Connection,
        }, cancellationToken);

        // A client of another CA: the handshake fails, and the server knows why.
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

        // Bad lists, too: this one is signed by another key.
        TestRevocationList forged = ca.IssueRevocationList([alice], new() { SigningKey = TestKey.Create() });
        #endregion
        Assert.False(forged.Der.IsEmpty);
        return (bundle, alice);
    }

    internal static async Task<(string, RejectionReason?)> LogInByTokenAsync(TlsConnectionInfo connection, CancellationToken cancellationToken)
    {
        #region token
        TestTokenMinter minter = new(new() { Issuer = "https://issuer.test" });
        TokenAuthenticator authenticator = new(new FixedSource<TokenKeySet>(minter.TokenKeySet));
        Account alice = new("alice", AuthenticationMethod.Token, LoginRequirement.None);

        AuthenticationResult good = await authenticator.AuthenticateAsync(new()
        {
            Account = alice,
            Connection = connection,
            Credential = Encoding.ASCII.GetBytes(minter.Mint("alice")),
        }, cancellationToken);
        AuthenticationResult bad = await authenticator.AuthenticateAsync(new()
        {
            Account = alice,
            Connection = connection,
            Credential = Encoding.ASCII.GetBytes(minter.Mint("alice", fault: TestTokenFault.Expired)),
        }, cancellationToken);

        // A rotation: the new key signs, the set has both until the old one retires.
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
        CertInfoResult result = await verifier.VerifyAsync(attributes, "alice", TestProxySigner.AnyChallenge, cancellationToken);
        #endregion
        return result;
    }

    internal static (TestCertificateAuthority, TestTokenMinter) FixedKeys()
    {
        #region keys
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "RSA CA")), new() { Key = TestKey.Fixed(TestKeyType.Rsa4096) });
        TestTokenMinter minter = new(new() { Algorithm = SignatureAlgorithm.RS256, Key = TestKey.Fixed(TestKeyType.Rsa2048, number: 2) });
        #endregion
        return (ca, minter);
    }
}

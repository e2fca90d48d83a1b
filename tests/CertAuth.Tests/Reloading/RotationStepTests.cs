using System.Security.Authentication;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

/// <summary>The steps of docs/rotation.md that replace CAs, server certificates and token keys, in the order of the page.</summary>
public sealed class RotationStepTests : IDisposable
{
    private static readonly TestName s_alice = TestName.Of(("C", "US"), ("CN", "alice"));
    private static readonly Account s_account = Account.WithToken("alice", LoginRequirement.None, "alice@example.com");

    private readonly RotationScene _scene = new();
    private readonly TestCertificateAuthority _oldCa = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("CN", "ca")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task CombinedCaFile_AcceptsClientsOfBothCas()
    {
        TestCertificateAuthority newCa = _oldCa.Rotate();
        Server server = await StartAsync(_oldCa);
        (await server.LogInAsync(newCa.IssueClient(s_alice))).Should().Be(RejectionReason.CertificateBadSignature);

        foreach (TestCertificateAuthority[] combined in new[] { new[] { newCa, _oldCa }, [_oldCa, newCa] })
        {
            _scene.PutCas(combined);
            await server.ClientTrust.ReloadAsync(Cancellation);
            (await server.LogInAsync(_oldCa.IssueClient(s_alice))).Should().Be(RejectionReason.None);
            (await server.LogInAsync(newCa.IssueClient(s_alice))).Should().Be(RejectionReason.None);
        }

        server.ClientTrust.Status.Warnings.Should().Contain(
            w => w.Contains("has the same subject as another CA certificate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RemovingTheOldCa_RejectsItsClients()
    {
        TestCertificateAuthority newCa = _oldCa.Rotate();
        TestCertificate oldClient = _oldCa.IssueClient(s_alice);
        Server server = await StartAsync(newCa, _oldCa);
        (await server.LogInAsync(oldClient)).Should().Be(RejectionReason.None);

        _scene.PutCas(newCa);
        await server.ClientTrust.ReloadAsync(Cancellation);

        (await server.LogInAsync(oldClient)).Should().Be(RejectionReason.CertificateBadSignature);
        (await server.LogInAsync(newCa.IssueClient(s_alice))).Should().Be(RejectionReason.None);
    }

    // COM_CHANGE_USER is such a login.
    [Fact]
    public async Task RemovingTheOldCa_RejectsLaterLoginsOnEstablishedConnections()
    {
        TestCertificateAuthority newCa = _oldCa.Rotate();
        Server server = await StartAsync(_oldCa);
        TlsConnectionInfo facts = (await server.Tls.ShakeHandsAsync(SslProtocols.Tls13, _oldCa.IssueClient(s_alice))).Info!;

        _scene.PutCas(newCa, _oldCa);
        await server.ClientTrust.ReloadAsync(Cancellation);
        server.Tls.TryReverify(facts, out TlsConnectionInfo? current, out Rejection? rejection).Should().BeTrue($"{rejection}");

        _scene.PutCas(newCa);
        await server.ClientTrust.ReloadAsync(Cancellation);
        server.Tls.TryReverify(current!, out _, out rejection).Should().BeFalse();
        rejection!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
    }

    [Fact]
    public async Task MalformedCaFile_ChangesNothing()
    {
        TestCertificate client = _oldCa.IssueClient(s_alice);
        Server server = await StartAsync(_oldCa);

        _scene.PutCas(_oldCa.Pem + _oldCa.Rotate().Pem[..200]);
        ReloadResult result = await server.ClientTrust.ReloadAsync(Cancellation);

        result.Problem.Should().Contain("PEM block 2 at line");
        (await server.LogInAsync(client)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task RevocationList_IsReadWithTheBundle()
    {
        TestCertificate client = _oldCa.IssueClient(s_alice);
        _scene.PutRevocationList(_oldCa.IssueRevocationList([], new() { Number = 1 }).Pem);
        Reloadable<TrustBundle> bundle = await _scene.OpenBundleAsync(_oldCa);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.None);

        _scene.PutRevocationList(_oldCa.IssueRevocationList([client], new() { Number = 2 }).Pem);
        (await bundle.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);

        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public async Task NewConnections_UseTheNewServerCertificate()
    {
        Server server = await StartAsync(_oldCa);
        await using TestTlsLoopback old = await server.ConnectAsync();
        byte[] before = old.Client.RemoteCertificate!.GetRawCertData();

        TestCertificate next = Loopback.IssueServerCertificate();
        _scene.PutServerCertificate(next);
        (await server.Certificate.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);

        await using TestTlsLoopback current = await server.ConnectAsync();
        current.Client.RemoteCertificate!.GetRawCertData().Should().Equal(next.Der.ToArray());
        before.Should().NotEqual(next.Der.ToArray());
        await old.Server.WriteAsync(new byte[] { 7 }, Cancellation);
        byte[] received = new byte[1];
        await old.Client.ReadExactlyAsync(received, Cancellation);
        received.Should().Equal(7);
    }

    [Fact]
    public async Task NewTokenKey_IsLoaded_WhenItsFirstTokenArrives()
    {
        TestTokenKey oldKey = TestTokenKey.Create("2026-1", SignatureAlgorithm.ES256);
        TestTokenKey newKey = TestTokenKey.Create("2026-2", SignatureAlgorithm.ES256);
        Reloadable<TokenKeySet> keys = await _scene.OpenTokenKeysAsync(oldKey);
        TokenAuthenticator authenticator = new(keys, new() { AllowTokensWithoutTls = true });

        _scene.PutTokenKeys(oldKey, newKey);

        (await LogInAsync(authenticator, newKey)).Should().Be(RejectionReason.None);
        (await LogInAsync(authenticator, oldKey)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task RemovingTheOldTokenKey_RejectsItsTokens()
    {
        TestTokenKey oldKey = TestTokenKey.Create("2026-1", SignatureAlgorithm.ES256);
        TestTokenKey newKey = TestTokenKey.Create("2026-2", SignatureAlgorithm.ES256);
        Reloadable<TokenKeySet> keys = await _scene.OpenTokenKeysAsync(oldKey, newKey);
        TokenAuthenticator authenticator = new(keys, new() { AllowTokensWithoutTls = true });
        (await LogInAsync(authenticator, oldKey)).Should().Be(RejectionReason.None);

        _scene.PutTokenKeys(newKey);
        await keys.ReloadAsync(Cancellation);

        (await LogInAsync(authenticator, oldKey)).Should().Be(RejectionReason.TokenKeyUnknown);
        (await LogInAsync(authenticator, newKey)).Should().Be(RejectionReason.None);
    }

    private static async Task<RejectionReason> LogInAsync(TokenAuthenticator authenticator, TestTokenKey key)
    {
        string token = key.Mint("alice", "alice@example.com", TimeProvider.System.GetUtcNow().AddSeconds(-2));
        AuthenticationResult result = await authenticator.AuthenticateAsync(
            new(s_account) { Credential = Encoding.ASCII.GetBytes(token) }, Cancellation);
        return result.Rejection?.Reason ?? RejectionReason.None;
    }

    private async Task<Server> StartAsync(params TestCertificateAuthority[] cas)
    {
        Reloadable<TrustBundle> clientTrust = await _scene.OpenBundleAsync(cas);
        Reloadable<ServerCertificate> certificate = await _scene.OpenServerCertificateAsync(Loopback.IssueServerCertificate());
        return new(new(new() { ServerCertificate = certificate, ClientTrust = clientTrust }), clientTrust, certificate);
    }

    private sealed record Server(ServerTls Tls, Reloadable<TrustBundle> ClientTrust, Reloadable<ServerCertificate> Certificate)
    {
        internal async Task<RejectionReason> LogInAsync(TestCertificate client)
        {
            HandshakeOutcome outcome = await Tls.ShakeHandsAsync(SslProtocols.Tls13, client);
            return outcome.Rejection?.Reason ?? RejectionReason.None;
        }

        internal Task<TestTlsLoopback> ConnectAsync() =>
            TestTlsLoopback.ConnectAsync(Tls, new() { Options = Loopback.ClientOptions(SslProtocols.Tls13, null) }, Cancellation);
    }
}

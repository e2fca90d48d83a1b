using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;
using CertAuth.Tls;

namespace CertAuth.Tests.Authentication;

/// <summary>The order of the checks: transport, forwarded certificate info, requirement, credential.</summary>
public sealed class LoginAuthenticatorTests
{
    private static readonly LoginAuthenticator s_secure = new(Logins.Options with { RequireSecureTransport = true });
    private static readonly LoginAuthenticator s_open = new(Logins.Options);

    //  Hop to this server  Hop to the proxy  Result with require_secure_transport
    //  TLS                 (direct)          accepted
    //  none                (direct)          3159
    //  TLS                 TLS               accepted
    //  TLS                 none              3159
    //  none                TLS               3159
    //  none                none              3159
    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task AuthenticateAsync_RequiresTlsOnEveryHop_WhenSecureTransportIsRequired(
        bool isHopSecure, bool? isClientSecure, bool isAccepted)
    {
        Account account = Account.Custom("alice", LoginRequirement.None);
        TlsConnectionInfo? hop = isHopSecure ? Clients.Tls() : null;
        AuthenticationRequest request = isClientSecure is { } secure
            ? Logins.ThroughProxy(account, secure ? Clients.Tls() : null, PasswordAuthenticator.Password).With(connection: () => hop)
            : new(account, hop) { Credential = PasswordAuthenticator.Password };

        (await GetReasonAsync(s_secure, request)).Should().Be(isAccepted ? RejectionReason.None : RejectionReason.SecureTransportRequired);
        (await GetReasonAsync(s_open, request)).Should().Be(RejectionReason.None);
    }

    // A token must stay secret on every hop.
    [Theory]
    [InlineData(true, true, RejectionReason.None)]
    [InlineData(true, false, RejectionReason.TokenWithoutTls)]
    [InlineData(false, true, RejectionReason.TokenWithoutTls)]
    [InlineData(false, false, RejectionReason.TokenWithoutTls)]
    public async Task AuthenticateAsync_AcceptsAToken_OnlyIfEveryHopUsesTls(bool isHopSecure, bool isClientSecure, RejectionReason reason)
    {
        AuthenticationRequest request = Logins.ThroughProxy(Logins.ByToken, isClientSecure ? Clients.Tls() : null, Logins.Token)
            .With(connection: () => isHopSecure ? Logins.Proxy : null);

        (await GetReasonAsync(s_open, request)).Should().Be(reason);
    }

    [Theory]
    [InlineData("NONE", RejectionReason.None)]
    [InlineData("SSL", RejectionReason.None)]
    [InlineData("X509", RejectionReason.None)]
    [InlineData("SUBJECT '/CN=carol'", RejectionReason.None)]
    [InlineData("SUBJECT '/CN=alice'", RejectionReason.SubjectMismatch)]
    [InlineData("ISSUER '/CN=CA'", RejectionReason.None)]
    [InlineData("ISSUER '/CN=proxy CA'", RejectionReason.IssuerMismatch)]
    [InlineData("SAN 'DNS:C.test'", RejectionReason.None)]
    [InlineData("SAN 'DNS:d.test'", RejectionReason.SanMismatch)]
    [InlineData("CIPHER 'TLS_AES_256_GCM_SHA384'", RejectionReason.None)]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'", RejectionReason.CipherMismatch)]
    public async Task AuthenticateAsync_EvaluatesTheForwardedFacts(string clause, RejectionReason reason)
    {
        // The proxy's own connection has the certificate of alice and AES-128.
        TlsConnectionInfo carol = Clients.Tls(
            Clients.Certificate(TestName.Of(("CN", "carol")), sans: [TestSan.Dns("c.test")]), Clients.Aes256);
        Account account = Account.Custom("alice", clause);

        (await GetReasonAsync(s_open, Logins.ThroughProxy(account, carol, PasswordAuthenticator.Password))).Should().Be(reason);
    }

    [Fact]
    public async Task AuthenticateAsync_ReturnsTheForwardedConnection()
    {
        AuthenticationResult result = await s_open.AuthenticateAsync(
            Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice), TestContext.Current.CancellationToken);

        result.Identity!.Connection!.Origin.Should().Be(FactsOrigin.Forwarded);
        TlsStatus.GetRows(result.Identity.Connection).Should().Equal(TlsStatus.GetRows(Logins.Alice));
        $"{result.Identity.Certificate}".Should().Be("/CN=alice");
        result.Identity.Certificate!.Certificate.Should().BeNull();
        result.Identity.Certificate.Sha256.ToArray().Should().Equal(Logins.Alice.ClientCertificate!.Sha256.ToArray());
    }

    // Invalid or missing certificate info never leads to an evaluation of the proxy's own certificate.
    [Fact]
    public async Task AuthenticateAsync_DoesNotFallBackToTheProxysCertificate()
    {
        AuthenticationRequest good = Logins.ThroughProxy(Logins.ByCertificate, Clients.Tls());

        (await GetReasonAsync(s_open, good)).Should().Be(RejectionReason.CertificateMissing);
        (await GetReasonAsync(s_open, Logins.ThroughProxy(Logins.ByCertificate, null))).Should().Be(RejectionReason.InsecureTransport);
        (await GetReasonAsync(s_open, good.With(attributes: ConnectionAttributes.None))).Should().Be(RejectionReason.ForwardedInfoMissing);
        (await GetReasonAsync(new(Logins.Options with { CertInfoVerifier = null }), good))
            .Should().Be(RejectionReason.ForwardedInfoNotAccepted);
    }

    [Fact]
    public async Task AuthenticateAsync_RejectsReplayedCertificateInfo()
    {
        AuthenticationRequest good = Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice);
        FixedClock clock = new(TestClock.Now.AddMinutes(5));
        CertInfoTokenVerifier later = new(new() { SharedKey = TestSigner.P256.Ring, TimeProvider = clock });

        (await GetReasonAsync(s_open, good)).Should().Be(RejectionReason.None);
        (await GetReasonAsync(s_open, good.With(challenge: new byte[20]))).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        (await GetReasonAsync(s_open, good.With(account: Account.WithCertificate("bob", good.Account.Requirement))))
            .Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await GetReasonAsync(new(Logins.Options with { CertInfoVerifier = later }), good))
            .Should().Be(RejectionReason.ForwardedInfoExpired);
        (await GetReasonAsync(s_open, good.With(isFromProxy: false))).Should().Be(RejectionReason.ForwardedInfoUnexpected);
    }

    // Each line corrects the fault that the line above it reports.
    [Fact]
    public async Task AuthenticateAsync_ReturnsTheFirstReason()
    {
        AuthenticationRequest request = Logins.ThroughProxy(
            Account.WithToken("alice", "SUBJECT '/CN=bob'"), Clients.Tls(), "x"u8.ToArray());
        AuthenticationRequest faulty = request.With(attributes: ConnectionAttributes.None);

        (await GetReasonAsync(s_secure, faulty.With(connection: () => null))).Should().Be(RejectionReason.SecureTransportRequired);
        (await GetReasonAsync(s_secure, faulty)).Should().Be(RejectionReason.ForwardedInfoMissing);
        (await GetReasonAsync(s_secure, request)).Should().Be(RejectionReason.CertificateMissing);
        (await GetReasonAsync(s_secure, request.With(account: Logins.ByToken))).Should().Be(RejectionReason.TokenMalformed);
        (await GetReasonAsync(s_secure, request.With(account: Logins.ByToken, credential: Logins.Token))).Should().Be(RejectionReason.None);
    }

    // The requirement comes before the TLS that a token requires, which is part of the credential check.
    [Fact]
    public async Task AuthenticateAsync_EvaluatesTheRequirementBeforeTheCredential()
    {
        Account account = Account.WithToken("alice", LoginRequirement.Ssl);

        (await GetReasonAsync(s_open, new(account) { Credential = Logins.Token })).Should().Be(RejectionReason.InsecureTransport);
        (await GetReasonAsync(s_open, new(Logins.ByToken) { Credential = Logins.Token }))
            .Should().Be(RejectionReason.TokenWithoutTls);
    }

    // Both the login and the authenticator must allow tokens in clear text.
    [Theory]
    [InlineData(false, false, RejectionReason.TokenWithoutTls)]
    [InlineData(false, true, RejectionReason.TokenWithoutTls)]
    [InlineData(true, false, RejectionReason.TokenWithoutTls)]
    [InlineData(true, true, RejectionReason.None)]
    public async Task AuthenticateAsync_AcceptsATokenWithoutTls_OnlyIfBothOptionsAllowIt(
        bool loginAllowsIt, bool authenticatorAllowsIt, RejectionReason reason)
    {
        LoginAuthenticator login = new(Logins.Options with
        {
            TokenAuthenticator = Logins.CreateTokenAuthenticator(authenticatorAllowsIt),
            AllowTokensWithoutTls = loginAllowsIt,
        });

        (await GetReasonAsync(login, new(Logins.ByToken) { Credential = Logins.Token })).Should().Be(reason);
    }

    [Fact]
    public async Task AuthenticateAsync_DecidesOnlyCertificateAccounts_WithoutOptions()
    {
        LoginAuthenticator login = new();

        (await GetReasonAsync(login, new(Logins.ByCertificate, Logins.Alice))).Should().Be(RejectionReason.None);
        (await GetReasonAsync(login, new(Logins.ByCertificate, Clients.Tls()))).Should().Be(RejectionReason.CertificateMissing);
        (await GetReasonAsync(login, new(Logins.ByToken, Clients.Tls()) { Credential = Logins.Token }))
            .Should().Be(RejectionReason.AccountMethodMismatch);
        (await GetReasonAsync(login, new(Logins.ByPassword, Logins.Alice) { Credential = PasswordAuthenticator.Password }))
            .Should().Be(RejectionReason.AccountMethodMismatch);
    }

    [Fact]
    public async Task AuthenticateAsync_CallsTheCustomAuthenticator_OnlyAfterTheOtherChecks()
    {
        PasswordAuthenticator custom = new();
        LoginAuthenticator authenticator = new(Logins.Options with { Custom = custom });
        AuthenticationRequest good = Logins.ThroughProxy(Logins.ByPassword, Logins.Alice, PasswordAuthenticator.Password);

        (await GetReasonAsync(authenticator, Logins.ThroughProxy(Logins.ByPassword, Clients.Tls())))
            .Should().Be(RejectionReason.CertificateMissing);
        custom.Seen.Should().BeEmpty();
        (await GetReasonAsync(authenticator, good)).Should().Be(RejectionReason.None);
        (await GetReasonAsync(authenticator, good.With(credential: "x"u8.ToArray()))).Should().Be(RejectionReason.CustomRejected);

        // It receives the client's facts, not the proxy's.
        custom.Seen.Should().AllSatisfy(seen => seen.Connection!.Origin.Should().Be(FactsOrigin.Forwarded));
        custom.Seen.Should().AllSatisfy(seen => seen.IsSecure.Should().BeTrue());
        custom.Seen.Count.Should().Be(2);
    }

    [Fact]
    public async Task AuthenticateAsync_WaitsForANewerSigningCertificate()
    {
        SlowRing ring = new(TestSigner.Stranger.Ring.Current, TestSigner.P256.Ring.Current);
        LoginAuthenticator authenticator = new(Logins.Options with
        {
            CertInfoVerifier = new(new() { SharedKey = ring, TimeProvider = new FixedClock(TestClock.Now) }),
        });

        ValueTask<AuthenticationResult> login = authenticator.AuthenticateAsync(
            Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice), TestContext.Current.CancellationToken);
        login.IsCompleted.Should().BeFalse();
        ring.Ready.SetResult();

        (await login).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task AuthenticateAsync_Throws_WithoutAValidChallenge()
    {
        AuthenticationRequest good = Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice);

        await FluentActions.Awaiting(
            () => s_open.AuthenticateAsync(good.With(challenge: []), TestContext.Current.CancellationToken).AsTask())
            .Should().ThrowExactlyAsync<ArgumentException>();
        FluentActions.Invoking(() => good.With(challenge: new byte[15])).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => good.With(challenge: new byte[33])).Should().ThrowExactly<ArgumentException>();
    }

    [Theory]
    [InlineData("alice", "10.0.0.1", "", "Access denied for user 'alice'@'10.0.0.1' (using password: NO)")]
    [InlineData("alice", "10.0.0.1", "\0", "Access denied for user 'alice'@'10.0.0.1' (using password: NO)")]
    [InlineData("Alice", "db.test", "x", "Access denied for user 'Alice'@'db.test' (using password: YES)")]
    [InlineData("a\nb", "\u202E", "x", "Access denied for user 'a\\u{000A}b'@'\\u{202E}' (using password: YES)")]
    [InlineData("", "", "x", "Access denied for user ''@'' (using password: YES)")]
    public void ClientError_DoesNotRevealTheReason(string user, string host, string credential, string message)
    {
        AuthenticationRequest request = new(Account.Unknown(user))
        {
            ClientHost = host,
            Credential = System.Text.Encoding.ASCII.GetBytes(credential),
        };

        RejectionReason[] reasons =
            [.. Enum.GetValues<RejectionReason>().Except([RejectionReason.None, RejectionReason.SecureTransportRequired])];
        foreach (RejectionReason reason in reasons)
        {
            ClientError error = ClientError.For(request, new(reason, "required", "presented"));
            (error.Code, error.SqlState, error.Message).Should().Be((1045, "28000", message));
        }

        ClientError insecure = ClientError.For(request, new(RejectionReason.SecureTransportRequired));
        (insecure.Code, insecure.SqlState).Should().Be((3159, "HY000"));
        insecure.ToString().Should().Be(
            "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.");
    }

    [Fact]
    public void ClientError_IsBounded()
    {
        AuthenticationRequest request = new(Account.Unknown(new('u', 1_000_000))) { ClientHost = new('h', 1_000_000) };

        ClientError.For(request, new(RejectionReason.CustomRejected)).Message.Length.Should().BeInRange(1000, 1200);
    }

    private static async Task<RejectionReason> GetReasonAsync(LoginAuthenticator authenticator, AuthenticationRequest request) =>
        (await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken)).Rejection?.Reason ?? RejectionReason.None;

    private sealed class SlowRing(SigningCertificateRing current, SigningCertificateRing next) : IRefreshableSource<SigningCertificateRing>
    {
        internal TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SigningCertificateRing Current => current;

        public async ValueTask<SigningCertificateRing> RefreshAsync(
            SigningCertificateRing seen, CancellationToken cancellationToken = default)
        {
            await Ready.Task;
            return next;
        }
    }
}

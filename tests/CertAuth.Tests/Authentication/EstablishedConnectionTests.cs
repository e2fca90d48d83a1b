using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Authentication;

/// <summary>Later logins on a connection with a certificate that has expired in the meantime, and facts that belong to another
/// login.</summary>
public sealed class EstablishedConnectionTests
{
    private static readonly DateTimeOffset s_notAfter = TestClock.Now.AddMinutes(10);
    private static readonly LoginRequirement s_none = LoginRequirement.None;

    private readonly FixedClock _clock = new(TestClock.Now);
    private readonly TlsConnectionInfo _established;

    public EstablishedConnectionTests() => _established = Connect(s_notAfter);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Attack: COM_CHANGE_USER on a connection whose certificate has expired since its handshake.
    [Fact]
    public async Task ExpiredCertificate_IsRejected_WhateverTheAccountRequires()
    {
        Account[] accounts =
        [
            Logins.ByCertificate,
            Account.Custom("alice", s_none),
            Account.Custom("alice", LoginRequirement.X509),
            Logins.ByToken,
        ];
        LoginAuthenticator login = new(CreateOptions());
        foreach (Account account in accounts)
        {
            AuthenticationRequest request = new(account, _established) { Credential = GetCredential(account) };

            _clock.Now = s_notAfter.AddMilliseconds(999);
            (await GetReasonAsync(login, request)).Should().Be(RejectionReason.None, "a certificate is valid through its last second");
            _clock.Now = s_notAfter.AddSeconds(1);
            (await GetReasonAsync(login, request))
                .Should().Be(RejectionReason.CertificateExpired, $"the account is {account.Method} {account.Requirement}");
            (await GetReasonAsync(login, new(Account.Unknown("nosuch"), _established))).Should().Be(RejectionReason.CertificateExpired);
        }
    }

    [Fact]
    public async Task ExpiredCertificate_IsRejected_ByEachInnerAuthenticator()
    {
        (IAuthenticator Authenticator, Account Account)[] rows =
            [(new CertificateAuthenticator(_clock), Logins.ByCertificate), (CreateTokenAuthenticator(), Logins.ByToken)];
        foreach ((IAuthenticator authenticator, Account account) in rows)
        {
            AuthenticationRequest request = new(account, _established) { Credential = GetCredential(account) };

            _clock.Now = s_notAfter;
            (await GetReasonAsync(authenticator, request)).Should().Be(RejectionReason.None);
            _clock.Now = s_notAfter.AddSeconds(1);
            (await GetReasonAsync(authenticator, request)).Should().Be(RejectionReason.CertificateExpired);
        }
    }

    [Fact]
    public async Task ExpiredCertificate_IsExplainedInOneLine()
    {
        _clock.Now = s_notAfter.AddSeconds(1);
        AuthenticationResult result = await new LoginAuthenticator(CreateOptions()).AuthenticateAsync(
            new(Logins.ByCertificate, _established), Cancellation);

        result.ToString().Should().Be(
            "rejected (204): A certificate has expired. Required: a certificate whose path is valid at 2030-05-06 07:18:10Z; "
            + "presented: /CN=alice, whose path was valid until 2030-05-06 07:18:09Z.");
        result.Connection.Should().BeSameAs(_established);
        ClientError.For(new(Logins.ByCertificate), result.Rejection!).Code.Should().Be(1045);
    }

    // RFC 5280, 4.1.2.5: 99991231235959Z means no expiration; no later second exists.
    [Fact]
    public async Task CertificateWithoutExpiration_DoesNotExpire()
    {
        TlsConnectionInfo endless = Connect(new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        _clock.Now = DateTimeOffset.MaxValue;

        (await GetReasonAsync(new LoginAuthenticator(CreateOptions()), new(Logins.ByCertificate, endless)))
            .Should().Be(RejectionReason.None);
    }

    // The proxy's own certificate is not evaluated, and a forwarded one has no validity: the proxy checks it before it signs.
    [Fact]
    public async Task ForwardedLogin_IgnoresTheValidityOfTheProxysCertificate()
    {
        AuthenticationRequest request = Logins.ThroughProxy(Logins.ByCertificate, _established).With(connection: () => _established);
        CertInfoTokenVerifier forwarding = new(new() { SharedKey = TestSigner.P256.Ring, TimeProvider = new FixedClock(TestClock.Now) });
        _clock.Now = s_notAfter.AddYears(1);

        LoginAuthenticator login = new(CreateOptions() with { CertInfoVerifier = forwarding });
        AuthenticationResult result = await login.AuthenticateAsync(request, Cancellation);

        result.Succeeded.Should().BeTrue($"{result}");
        result.Identity!.Certificate!.PathNotAfter.Should().BeNull();
    }

    // Attack: a proxy forwards the certificate of an old connection for another user, after the certificate has expired.
    [Fact]
    public void TryIssue_RejectsAnExpiredCertificate()
    {
        CertInfoTokenIssuer issuer = CertAuth.Tests.Forwarding.Tokens.Issuer(clock: _clock);

        _clock.Now = s_notAfter;
        issuer.TryIssue(_established, "alice", CertInfoRow.DefaultChallenge, out _, out Rejection? rejection)
            .Should().BeTrue($"{rejection}");
        _clock.Now = s_notAfter.AddSeconds(1);
        issuer.TryIssue(_established, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out rejection).Should().BeFalse();

        token.Should().BeNull();
        rejection!.Reason.Should().Be(RejectionReason.CertificateExpired);
    }

    public static TheoryData<string> Names => [.. Logins.All.Keys];

    // Attack: facts that a proxy forwarded for one user are passed as those of a direct connection for the next user, who has no token.
    [Theory, MemberData(nameof(Names))]
    public async Task ForwardedFacts_AreRejected_WhenTheyArePassedAsDirect(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        AuthenticationResult first = await new LoginAuthenticator(Logins.Options).AuthenticateAsync(
            Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice), Cancellation);
        TlsConnectionInfo forwarded = first.Identity!.Connection!;
        TlsConnectionInfo[] facts =
        [
            forwarded,
            (await CertAuth.Tests.Forwarding.Tokens.ForwardAsync(Clients.Tls()))!,

            // Copied by the application into facts that claim to be direct.
            new() { Protocol = SslProtocols.Tls13, CipherSuite = Clients.Aes128, ClientCertificate = forwarded.ClientCertificate },
        ];

        foreach (TlsConnectionInfo passed in facts)
        {
            AuthenticationRequest direct = good.With(isFromProxy: false, connection: () => passed, attributes: ConnectionAttributes.None);
            (await GetReasonAsync(authenticator, direct)).Should().Be(RejectionReason.ForwardedInfoUnexpected);

            // On a connection from a proxy, such facts do not prove that the hop from the proxy uses TLS.
            (await GetReasonAsync(authenticator, good.With(connection: () => passed))).Should().Be(RejectionReason.ForwardedInfoUnexpected);
        }
    }

    [Fact]
    public void Constructor_Throws_WithoutAClock() => FluentActions.Invoking(() => new LoginAuthenticator(new() { TimeProvider = null! }))
        .Should().Throw<ArgumentException>().WithMessage("LoginAuthenticatorOptions: TimeProvider must not be null.");

    private static byte[] GetCredential(Account account) =>
        account.Method == AuthenticationMethod.Token ? Logins.Token : PasswordAuthenticator.Password;

    private static async Task<RejectionReason> GetReasonAsync(IAuthenticator authenticator, AuthenticationRequest request) =>
        (await authenticator.AuthenticateAsync(request, Cancellation)).Rejection?.Reason ?? RejectionReason.None;

    private static TlsConnectionInfo Connect(DateTimeOffset notAfter)
    {
        FixedClock then = new(TestClock.Now);
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "ca")), new() { TimeProvider = then, NotAfter = notAfter });
        TestCertificate leaf = ca.Issue(new() { Subject = TestName.Of(("CN", "alice")), NotAfter = notAfter });
        Bundle(new TrustBundleOptions { TimeProvider = then }, ca.Certificate)
            .TryVerify(leaf.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection).Should().BeTrue($"{rejection}");
        return new() { Protocol = SslProtocols.Tls13, CipherSuite = Clients.Aes128, ClientCertificate = verified };
    }

    private LoginAuthenticatorOptions CreateOptions() =>
        Logins.Options with { TimeProvider = _clock, TokenAuthenticator = CreateTokenAuthenticator() };

    private TokenAuthenticator CreateTokenAuthenticator() => new(
        Source.Fixed(Logins.TokenKeys), new() { TimeProvider = _clock, MaxTokenAge = TimeSpan.FromMinutes(30) });
}

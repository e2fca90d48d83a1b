using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;
using CertAuth.Tls;

namespace CertAuth.Tests.Authentication;

/// <summary>Attacks and mistakes of applications that an earlier version did not detect.</summary>
public sealed class LoginAttackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Otherwise the error number would reveal which accounts exist.
    [Theory]
    [InlineData("mallory")]
    [InlineData("")]
    [InlineData("\uD800")]
    public async Task UnknownAccount_IsRejectedLikeAnyOther(string name)
    {
        Account unknown = Account.Unknown(name);
        LoginAuthenticator strict = new(Logins.Options with { RequireSecureTransport = true });
        AuthenticationRequest insecure = new(unknown);
        AuthenticationRequest secure = new(unknown, Logins.Alice) { Credential = Logins.Token };

        (await GetClientErrorAsync(strict, insecure)).Should().Be((3159, "HY000"));
        (await GetClientErrorAsync(strict, secure)).Should().Be((1045, "28000"));
        (await GetReasonAsync(strict, secure)).Should().Be(RejectionReason.AccountUnknown);
        (await GetReasonAsync(Logins.Tokens, secure)).Should().Be(RejectionReason.AccountUnknown);
        (await GetReasonAsync(new CertificateAuthenticator(), secure)).Should().Be(RejectionReason.AccountUnknown);
        (await GetReasonAsync(strict, Logins.ThroughProxy(unknown, Logins.Alice))).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("")]
    public async Task ForwardedInfoForAnotherUser_IsRejected(string user)
    {
        Assert.True(Tokens.Issuer().TryIssue(Logins.Alice, user, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        AuthenticationRequest request = Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice).With(attributes: new(token.ToAttributes()));

        (await GetReasonAsync(new LoginAuthenticator(Logins.Options), request)).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
    }

    [Fact]
    public void ProxyConnection_IsNotSecure_UntilTheClientsConnectionIsKnown() =>
        Logins.ThroughProxy(Logins.ByToken, null, Logins.Token).IsSecure.Should().BeFalse();

    [Fact]
    public async Task PlaintextProxyHop_IsStillDetected_WhenAuthenticatorsAreComposed()
    {
        LoginAuthenticator inner = new(Logins.Options);
        LoginAuthenticator outer = new(Logins.Options with { TokenAuthenticator = inner });
        AuthenticationRequest token = Logins.ThroughProxy(Logins.ByToken, Clients.Tls(), Logins.Token).With(connection: () => null);
        (await GetReasonAsync(inner, token)).Should().Be(RejectionReason.TokenWithoutTls);
        (await GetReasonAsync(outer, token)).Should().Be(RejectionReason.TokenWithoutTls);

        LoginAuthenticator strict = new(Logins.Options with { RequireSecureTransport = true });
        Account account = Account.Custom("alice", LoginRequirement.None);
        AuthenticationRequest password =
            Logins.ThroughProxy(account, Clients.Tls(), PasswordAuthenticator.Password).With(connection: () => null);
        (await GetReasonAsync(new LoginAuthenticator(Logins.Options with { Custom = strict }), password))
            .Should().Be(RejectionReason.SecureTransportRequired);
    }

    [Fact]
    public async Task ComposedLoginAuthenticators_VerifyForwardedInfoOnce()
    {
        LoginAuthenticator inner = new(Logins.Options with { CertInfoVerifier = null });
        LoginAuthenticator outer = new(Logins.Options with { TokenAuthenticator = inner });

        (await GetReasonAsync(outer, Logins.ThroughProxy(Logins.ByToken, Logins.Alice, Logins.Token))).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task AuthenticateAsync_Throws_WhenTheCustomAuthenticatorReturnsAnotherUser()
    {
        LoginAuthenticator login = new(Logins.Options with { Custom = new RootAuthenticator() });

        await FluentActions.Awaiting(() => login.AuthenticateAsync(new(Logins.ByPassword, Logins.Alice), Cancellation).AsTask())
            .Should().ThrowExactlyAsync<InvalidOperationException>();
    }

    // LoginRequirement.Explain needs the facts that were evaluated.
    [Fact]
    public async Task AuthenticationResult_HasTheEvaluatedConnection()
    {
        Account other = Account.WithCertificate("alice", "SUBJECT '/CN=bob'");
        LoginAuthenticator login = new(Logins.Options);
        AuthenticationResult direct = await login.AuthenticateAsync(new(other, Logins.Alice), Cancellation);
        AuthenticationResult forwarded = await login.AuthenticateAsync(Logins.ThroughProxy(other, Logins.Alice), Cancellation);
        AuthenticationResult replayed = await login.AuthenticateAsync(
            Logins.ThroughProxy(other, Logins.Alice).With(challenge: new byte[20]), Cancellation);

        direct.Connection.Should().BeSameAs(Logins.Alice);
        forwarded.Connection!.Origin.Should().Be(FactsOrigin.Forwarded);
        other.Requirement.Explain(forwarded.Connection).Select(check => check.ToString()).Should().Equal(
            other.Requirement.Explain(direct.Connection).Select(check => check.ToString()));
        replayed.Connection.Should().BeNull();
    }

    [Fact]
    public void EveryAuthenticator_IsInTheContractTests() =>
        typeof(IAuthenticator).Assembly.GetExportedTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IAuthenticator)))
            .Should().AllSatisfy(type => Logins.All.Values.Should().Contain(login => login.Authenticator.GetType() == type));

    // The attack: for a user name of megabytes, a proxy allocated 35 times its length before it rejected the name.
    [Fact]
    public void TryIssue_RejectsAHugeUserName_WithoutCopyingIt()
    {
        string user = new('\u0001', 4_000_000);
        CertInfoTokenIssuer issuer = Tokens.Issuer();

        long bytes = Allocation.Of(() => issuer.TryIssue(Logins.Alice, user, CertInfoRow.DefaultChallenge, out _, out _)
            .Should().BeFalse());

        bytes.Should().BeInRange(0, 10_000);
    }

    private static async Task<RejectionReason> GetReasonAsync(IAuthenticator authenticator, AuthenticationRequest request) =>
        (await authenticator.AuthenticateAsync(request, Cancellation)).Rejection?.Reason ?? RejectionReason.None;

    private static async Task<(int, string)> GetClientErrorAsync(LoginAuthenticator login, AuthenticationRequest request)
    {
        AuthenticationResult result = await login.AuthenticateAsync(request, Cancellation);
        ClientError error = ClientError.For(request, result.Rejection!);
        return (error.Code, error.SqlState);
    }

    private sealed class RootAuthenticator : IAuthenticator
    {
        public ValueTask<AuthenticationResult> AuthenticateAsync(
            AuthenticationRequest request, CancellationToken cancellationToken = default) =>
            new(AuthenticationResult.Accepted(new("root", AuthenticationMethod.Custom, request.Connection)));
    }
}

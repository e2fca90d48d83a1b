using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;

namespace CertAuth.Tests.FrontDoor;

/// <summary>Ways in which a host, or who composes authenticators, could be led astray: each once was one.</summary>
public sealed class LoginAttackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The error's number would tell who exists.
    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("\uD800")]
    public async Task UnknownAccount_IsRefusedAsEverybodyIs(string name)
    {
        Account unknown = Account.Unknown(name);
        LoginAuthenticator strict = new(Logins.Options with { RequireSecureTransport = true });
        AuthenticationRequest insecure = new() { Account = unknown };
        AuthenticationRequest secure = new() { Account = unknown, Connection = Logins.Alice, Credential = Logins.Token };

        Assert.Equal((3159, "HY000"), await TellAsync(strict, insecure));
        Assert.Equal((1045, "28000"), await TellAsync(strict, secure));
        Assert.Equal(FailureReason.AccountUnknown, await ReasonAsync(strict, secure));
        Assert.Equal(FailureReason.AccountUnknown, await ReasonAsync(Logins.Tokens, secure));
        Assert.Equal(FailureReason.AccountUnknown, await ReasonAsync(new CertificateAuthenticator(), secure));
        Assert.Equal(FailureReason.ForwardedUserMismatch, await ReasonAsync(strict, Logins.ThroughProxy(unknown, Logins.Alice)));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("")]
    public async Task TokenForAnotherUser_LogsNobodyIn(string user)
    {
        Assert.True(Tokens.Issuer().TryIssue(Logins.Alice, user, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        AuthenticationRequest request = Logins.ThroughProxy(Logins.ByCertificate, Logins.Alice).With(attributes: new(token.ToAttributes()));

        Assert.Equal(FailureReason.ForwardedUserMismatch, await ReasonAsync(new LoginAuthenticator(Logins.Options), request));
    }

    [Fact]
    public void ProxysConnection_IsNotSecureBeforeTheClientsIsKnown() =>
        Assert.False(Logins.ThroughProxy(Logins.ByToken, null, Logins.Token).IsSecure);

    [Fact]
    public async Task PlainHopToTheProxy_IsNotForgottenByComposing()
    {
        LoginAuthenticator inner = new(Logins.Options);
        LoginAuthenticator outer = new(Logins.Options with { Tokens = inner });
        AuthenticationRequest token = Logins.ThroughProxy(Logins.ByToken, Clients.Tls(), Logins.Token).With(connection: () => null);
        Assert.Equal(FailureReason.TokenWithoutTls, await ReasonAsync(inner, token));
        Assert.Equal(FailureReason.TokenWithoutTls, await ReasonAsync(outer, token));

        LoginAuthenticator strict = new(Logins.Options with { RequireSecureTransport = true });
        Account byHost = new("alice", AuthenticationMethod.Host, LoginRequirement.None);
        AuthenticationRequest password =
            Logins.ThroughProxy(byHost, Clients.Tls(), PasswordAuthenticator.Password).With(connection: () => null);
        Assert.Equal(FailureReason.SecureTransportRequired, await ReasonAsync(new LoginAuthenticator(Logins.Options with { Host = strict }), password));
    }

    [Fact]
    public async Task ComposedLogins_VerifyATokenOnce()
    {
        LoginAuthenticator outer = new(Logins.Options with { Tokens = new LoginAuthenticator(Logins.Options with { Forwarding = null }) });

        Assert.Equal(FailureReason.None, await ReasonAsync(outer, Logins.ThroughProxy(Logins.ByToken, Logins.Alice, Logins.Token)));
    }

    [Fact]
    public async Task HostThatNamesAnother_IsAMistake()
    {
        LoginAuthenticator login = new(Logins.Options with { Host = new RootForEverybody() });

        await Assert.ThrowsAsync<InvalidOperationException>(() => login.AuthenticateAsync(
            new() { Account = Logins.ByHost, Connection = Logins.Alice }, Cancellation).AsTask());
    }

    // What the operator explains a denial with.
    [Fact]
    public async Task Refusal_ComesWithTheFactsThatWereEvaluated()
    {
        Account other = new("alice", AuthenticationMethod.Certificate, LoginRequirement.Parse("SUBJECT '/CN=bob'"));
        LoginAuthenticator login = new(Logins.Options);
        AuthenticationResult direct = await login.AuthenticateAsync(new() { Account = other, Connection = Logins.Alice }, Cancellation);
        AuthenticationResult forwarded = await login.AuthenticateAsync(Logins.ThroughProxy(other, Logins.Alice), Cancellation);
        AuthenticationResult replayed = await login.AuthenticateAsync(
            Logins.ThroughProxy(other, Logins.Alice).With(challenge: new byte[20]), Cancellation);

        Assert.Same(Logins.Alice, direct.Connection);
        Assert.Equal(FactsOrigin.Forwarded, forwarded.Connection!.Origin);
        Assert.Equal(
            other.Requirement.Explain(direct.Connection).Select(check => check.ToString()),
            other.Requirement.Explain(forwarded.Connection).Select(check => check.ToString()));
        Assert.Null(replayed.Connection);
    }

    [Fact]
    public void EveryAuthenticator_IsHeldToTheContract() => Assert.All(
        typeof(IAuthenticator).Assembly.GetExportedTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IAuthenticator))),
        type => Assert.Contains(Logins.All.Values, login => login.Authenticator.GetType() == type));

    // A user name of megabytes once cost a proxy 35 times its length before it was refused.
    [Fact]
    public void HugeUserName_CostsAProxyNothing()
    {
        string user = new('\u0001', 4_000_000);
        CertInfoTokenIssuer issuer = Tokens.Issuer();

        long octets = Allocation.Of(() => Assert.False(issuer.TryIssue(Logins.Alice, user, CertInfoRow.DefaultChallenge, out _, out _)));

        Assert.InRange(octets, 0, 10_000);
    }

    private static async Task<FailureReason> ReasonAsync(IAuthenticator authenticator, AuthenticationRequest request) =>
        (await authenticator.AuthenticateAsync(request, Cancellation)).Refusal?.Reason ?? FailureReason.None;

    private static async Task<(int, string)> TellAsync(LoginAuthenticator login, AuthenticationRequest request)
    {
        AuthenticationResult result = await login.AuthenticateAsync(request, Cancellation);
        ClientError error = ClientError.For(request, result.Refusal!);
        return (error.Code, error.SqlState);
    }

    private sealed class RootForEverybody : IAuthenticator
    {
        public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default) =>
            new(AuthenticationResult.Success(new("root", AuthenticationMethod.Host, request.Connection)));
    }
}

using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using FluentAssertions;

namespace CertAuth.Tests.FrontDoor;

/// <summary>What a host asks a client for, before it decides.</summary>
public sealed class CredentialToAskForTests
{
    private static readonly LoginAuthenticator s_login = new(Logins.Options);
    private static readonly Account s_unknown = Account.Unknown("nosuch");

    [Fact]
    public void EachMethod_HasItsCredential()
    {
        s_login.GetCredentialToAskFor(Logins.ByCertificate, Logins.Alice).Should().Be(CredentialKind.None);
        s_login.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.Token);
        s_login.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.Host);
        s_login.GetCredentialToAskFor(s_unknown, Clients.Tls()).Should().Be(CredentialKind.None);
    }

    [Fact]
    public void Token_IsNotAskedForInTheClear_UnlessTheHostAllowsIt()
    {
        TokenAuthenticator anyhow = new(
            new FixedSource<VerificationKeySet>(VerificationKeySet.Parse(TestTokenKey.KeySet(TestTokenKey.Create("k", SignatureAlgorithm.ES256)))),
            new() { AllowTokensWithoutTls = true });
        s_login.GetCredentialToAskFor(Logins.ByToken, null).Should().Be(CredentialKind.None);
        new LoginAuthenticator(Logins.Options with { Tokens = anyhow }).GetCredentialToAskFor(Logins.ByToken, null)
            .Should().Be(CredentialKind.Token);
    }

    [Fact]
    public void NothingIsAskedFor_WhereTheTransportIsRefused()
    {
        LoginAuthenticator secure = new(Logins.Options with { RequireSecureTransport = true });
        secure.GetCredentialToAskFor(Logins.ByHost, null).Should().Be(CredentialKind.None);
        secure.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.Host);
        s_login.GetCredentialToAskFor(Logins.ByHost, null).Should().Be(CredentialKind.Host);
    }

    [Fact]
    public void NothingIsAskedFor_WhereNobodyWouldCheckIt()
    {
        LoginAuthenticator bare = new(new());
        bare.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.None);
        bare.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.None);
    }
}

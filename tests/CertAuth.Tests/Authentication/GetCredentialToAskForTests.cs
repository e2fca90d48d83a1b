using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Authentication;

/// <summary>The credential that a server asks a client for before it decides the login.</summary>
public sealed class GetCredentialToAskForTests
{
    private static readonly LoginAuthenticator s_login = new(Logins.Options);
    private static readonly Account s_unknown = Account.Unknown("nosuch");

    [Fact]
    public void GetCredentialToAskFor_ReturnsTheCredentialOfEachMethod()
    {
        s_login.GetCredentialToAskFor(Logins.ByCertificate, Logins.Alice).Should().Be(CredentialKind.None);
        s_login.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.Token);
        s_login.GetCredentialToAskFor(Logins.ByPassword, Clients.Tls()).Should().Be(CredentialKind.Custom);
        s_login.GetCredentialToAskFor(s_unknown, Clients.Tls()).Should().Be(CredentialKind.None);
    }

    [Fact]
    public void GetCredentialToAskFor_ReturnsTokenWithoutTls_OnlyIfTheOptionAllowsIt()
    {
        LoginAuthenticator allowing = new(Logins.Options with { AllowTokensWithoutTls = true });

        s_login.GetCredentialToAskFor(Logins.ByToken, null).Should().Be(CredentialKind.None);
        allowing.GetCredentialToAskFor(Logins.ByToken, null).Should().Be(CredentialKind.Token);
    }

    [Fact]
    public void GetCredentialToAskFor_ReturnsNone_WhenTheTransportIsRejected()
    {
        LoginAuthenticator secure = new(Logins.Options with { RequireSecureTransport = true });
        secure.GetCredentialToAskFor(Logins.ByPassword, null).Should().Be(CredentialKind.None);
        secure.GetCredentialToAskFor(Logins.ByPassword, Clients.Tls()).Should().Be(CredentialKind.Custom);
        s_login.GetCredentialToAskFor(Logins.ByPassword, null).Should().Be(CredentialKind.Custom);
    }

    [Fact]
    public void GetCredentialToAskFor_ReturnsNone_WhenNoAuthenticatorIsConfigured()
    {
        LoginAuthenticator bare = new();
        bare.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.None);
        bare.GetCredentialToAskFor(Logins.ByPassword, Clients.Tls()).Should().Be(CredentialKind.None);
    }
}

using CertAuth.Tests.Requirements;
using FluentAssertions;

namespace CertAuth.Tests.FrontDoor;

/// <summary>What a host asks a client for, before it decides.</summary>
public sealed class GetCredentialToAskForTests
{
    private static readonly LoginAuthenticator s_login = new(Logins.Options);
    private static readonly Account s_unknown = Account.Unknown("nosuch");

    [Fact]
    public void EachMethod_RequestsItsCredential()
    {
        s_login.GetCredentialToAskFor(Logins.ByCertificate, Logins.Alice).Should().Be(CredentialKind.None);
        s_login.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.Token);
        s_login.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.Custom);
        s_login.GetCredentialToAskFor(s_unknown, Clients.Tls()).Should().Be(CredentialKind.None);
    }

    [Fact]
    public void Token_IsNotRequestedWithoutTls_UnlessAllowed()
    {
        LoginAuthenticator allowing = new(Logins.Options with { AllowTokensWithoutTls = true });

        s_login.GetCredentialToAskFor(Logins.ByToken, null).Should().Be(CredentialKind.None);
        allowing.GetCredentialToAskFor(Logins.ByToken, null).Should().Be(CredentialKind.Token);
    }

    [Fact]
    public void NoCredential_WhenTheTransportIsRejected()
    {
        LoginAuthenticator secure = new(Logins.Options with { RequireSecureTransport = true });
        secure.GetCredentialToAskFor(Logins.ByHost, null).Should().Be(CredentialKind.None);
        secure.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.Custom);
        s_login.GetCredentialToAskFor(Logins.ByHost, null).Should().Be(CredentialKind.Custom);
    }

    [Fact]
    public void NoCredential_WhenNoAuthenticatorIsConfigured()
    {
        LoginAuthenticator bare = new();
        bare.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()).Should().Be(CredentialKind.None);
        bare.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()).Should().Be(CredentialKind.None);
    }
}

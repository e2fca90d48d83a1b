using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.FrontDoor;

/// <summary>What a host asks a client for, before it decides.</summary>
public sealed class CredentialToAskForTests
{
    private static readonly LoginAuthenticator s_login = new(Logins.Options);
    private static readonly Account s_unknown = Account.Unknown("nosuch");

    [Fact]
    public void EachMethod_HasItsCredential()
    {
        Assert.Equal(CredentialKind.None, s_login.GetCredentialToAskFor(Logins.ByCertificate, Logins.Alice));
        Assert.Equal(CredentialKind.Token, s_login.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()));
        Assert.Equal(CredentialKind.Host, s_login.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()));
        Assert.Equal(CredentialKind.None, s_login.GetCredentialToAskFor(s_unknown, Clients.Tls()));
    }

    [Fact]
    public void Token_IsNotAskedForInTheClear_UnlessTheHostAllowsIt()
    {
        TokenAuthenticator anyhow = new(
            new FixedSource<VerificationKeySet>(VerificationKeySet.Parse(TestTokenKey.KeySet(TestTokenKey.Create("k", SignatureAlgorithm.ES256)))),
            new() { AllowTokensWithoutTls = true });
        Assert.Equal(CredentialKind.None, s_login.GetCredentialToAskFor(Logins.ByToken, null));
        Assert.Equal(CredentialKind.Token, new LoginAuthenticator(Logins.Options with { Tokens = anyhow }).GetCredentialToAskFor(Logins.ByToken, null));
    }

    [Fact]
    public void NothingIsAskedFor_WhereTheTransportIsRefused()
    {
        LoginAuthenticator secure = new(Logins.Options with { RequireSecureTransport = true });
        Assert.Equal(CredentialKind.None, secure.GetCredentialToAskFor(Logins.ByHost, null));
        Assert.Equal(CredentialKind.Host, secure.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()));
        Assert.Equal(CredentialKind.Host, s_login.GetCredentialToAskFor(Logins.ByHost, null));
    }

    [Fact]
    public void NothingIsAskedFor_WhereNobodyWouldCheckIt()
    {
        LoginAuthenticator bare = new(new());
        Assert.Equal(CredentialKind.None, bare.GetCredentialToAskFor(Logins.ByToken, Clients.Tls()));
        Assert.Equal(CredentialKind.None, bare.GetCredentialToAskFor(Logins.ByHost, Clients.Tls()));
    }
}

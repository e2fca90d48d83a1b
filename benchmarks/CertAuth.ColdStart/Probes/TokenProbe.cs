using CertAuth.Signing;

namespace CertAuth.ColdStart.Probes;

/// <summary>A login by token: reads a JWK set of one key and validates the token.</summary>
internal sealed class TokenProbe(Material material) : LoginProbe
{
    protected override Account CreateAccount() =>
        Account.WithToken(Material.UserName, $"REQUIRE TOKEN_ISSUER '{Material.Issuer}'", Material.Email);

    protected override LoginAuthenticatorOptions CreateOptions() => new()
    {
        TokenAuthenticator = new TokenAuthenticator(Source.Fixed(TokenKeySet.Parse(material.KeySet))),
    };

    protected override AuthenticationRequest CreateRequest(Account account) =>
        new(account, Connect()) { Credential = material.Token };
}

using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.ColdStart.Probes;

/// <summary>For comparison: Microsoft.IdentityModel.JsonWebTokens with the same JWK set and equivalent rules.</summary>
internal sealed class JsonWebTokensProbe(Material material) : Probe
{
    private JsonWebTokenHandler? _handler;
    private TokenValidationParameters? _parameters;

    protected override void Prepare()
    {
        _handler = new();
        _parameters = new()
        {
            ValidIssuer = Material.Issuer,
            ValidateAudience = false,
            IssuerSigningKeys = new JsonWebKeySet(Encoding.UTF8.GetString(material.KeySet)).GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
        };
    }

    // Without a network source of keys, the returned task is already complete.
    protected override bool Decide() =>
        _handler!.ValidateTokenAsync(material.TokenText, _parameters!).GetAwaiter().GetResult() is { IsValid: true } result
        && result.ClaimsIdentity.FindFirst("sub")?.Value == Material.UserName
        && result.ClaimsIdentity.FindFirst("email")?.Value == Material.Email;
}

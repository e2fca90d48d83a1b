using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.ColdStart.Probes;

/// <summary>A peer: Microsoft.IdentityModel.JsonWebTokens with the same key set and equal rules.</summary>
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

    // Without a source of keys on the network the task is complete when it is returned.
    protected override bool Decide() =>
        _handler!.ValidateTokenAsync(material.TokenText, _parameters!).GetAwaiter().GetResult() is { IsValid: true } result
        && result.ClaimsIdentity.FindFirst("sub")?.Value == Material.UserName
        && result.ClaimsIdentity.FindFirst("email")?.Value == Material.Email;
}

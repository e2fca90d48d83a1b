using CertAuth.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Load;

/// <summary>For comparison: Microsoft.IdentityModel.JsonWebTokens, with rules as similar as it supports.</summary>
internal sealed class JsonWebTokensPeer(TestTokenKey key, string issuer)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters = new()
    {
        ValidIssuer = issuer,
        ValidateAudience = false,
        IssuerSigningKeys = [new JsonWebKey(key.ToJwk().ToJsonString())],
        TryAllIssuerSigningKeys = false,
    };

    // Without a network source of keys, the returned task is already complete.
    internal bool Validate(string token, string user) =>
        _handler.ValidateTokenAsync(token, _parameters).GetAwaiter().GetResult() is { IsValid: true } result
        && result.ClaimsIdentity.FindFirst("sub")?.Value == user && result.ClaimsIdentity.FindFirst("email") is not null;
}

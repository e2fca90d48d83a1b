using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Benchmarks;

/// <summary>For comparison: Microsoft.IdentityModel.JsonWebTokens, with rules as similar as it supports. By default, it would try every key
/// for an unknown <c>kid</c>.</summary>
internal sealed class JsonWebTokensPeer(IEnumerable<SecurityKey> keys, string issuer, bool triesAllKeys = false)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters = new()
    {
        ValidIssuer = issuer,
        ValidateAudience = false,
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = triesAllKeys,
    };

    internal static JsonWebKey ToKey(TestTokenKey key) => new(key.ToJwk().ToJsonString());

    // Without a network source of keys, the returned task is already complete.
    internal bool Validate(string token, string user, string email) =>
        _handler.ValidateTokenAsync(token, _parameters).GetAwaiter().GetResult() is { IsValid: true } result
        && result.ClaimsIdentity.FindFirst("sub")?.Value == user && result.ClaimsIdentity.FindFirst("email")?.Value == email;
}

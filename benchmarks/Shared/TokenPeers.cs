using System.Text.Json.Nodes;
using CertAuth.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Benchmarks;

/// <summary>The same decision by Microsoft.IdentityModel.JsonWebTokens with equivalent rules. Each method performs one operation.</summary>
public sealed class TokenPeers
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _all, _otherKeys, _otherKeysByDefault;
    private readonly string _token, _unknownKid;

    internal TokenPeers(TestTokenKey key, int count, string token, string unknownKid)
    {
        (_token, _unknownKid) = (token, unknownKid);
        List<SecurityKey> otherKeys = [.. CreateOtherKeys(key, count)];
        _otherKeys = Parameters(otherKeys);
        _otherKeysByDefault = Parameters(otherKeys);
        _otherKeysByDefault.TryAllIssuerSigningKeys = true;
        _all = Parameters([.. otherKeys.Take(count / 2), new JsonWebKey(key.ToJwk().ToJsonString()), .. otherKeys.Skip((count / 2) + 1)]);
    }

    public bool Validate() => Validate(_token, _all);

    public bool RejectUnknownKid() => Validate(_unknownKid, _otherKeys);

    /// <summary>By default, the package tries every key of the set. The set does not contain the token's key, which the package would find
    /// under any kid.</summary>
    public bool RejectUnknownKidByDefault() => Validate(_unknownKid, _otherKeysByDefault);

    private static IEnumerable<SecurityKey> CreateOtherKeys(TestTokenKey key, int count)
    {
        JsonObject jwk = key.ToJwk();
        byte[] modulus = Base64UrlEncoder.DecodeBytes((string)jwk["n"]!);
        for (int i = 0; i < count; i++)
        {
            (modulus[1], modulus[2]) = ((byte)(i >> 8), (byte)i);
            jwk["kid"] = $"key-{i}";
            jwk["n"] = Base64UrlEncoder.Encode(modulus);
            yield return new JsonWebKey(jwk.ToJsonString());
        }
    }

    private static TokenValidationParameters Parameters(List<SecurityKey> keys) =>
        new() { ValidIssuer = TokenMaterial.Issuer, ValidateAudience = false, IssuerSigningKeys = keys, TryAllIssuerSigningKeys = false };

    // Without a network source of keys, the returned task is already complete.
    private bool Validate(string token, TokenValidationParameters parameters) =>
        _handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult() is { IsValid: true } result
        && result.ClaimsIdentity.FindFirst("sub")?.Value == TokenMaterial.User
        && result.ClaimsIdentity.FindFirst("email")?.Value == TokenMaterial.User;
}

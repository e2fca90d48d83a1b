using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Ratios.Suites;

/// <summary>The same decision by Microsoft.IdentityModel.JsonWebTokens with equivalent rules. Each method performs one operation.</summary>
internal sealed class TokenPeers
{
    private readonly JsonWebTokensPeer _all, _otherKeys, _otherKeysByDefault;
    private readonly string _token, _unknownKid;

    internal TokenPeers(TestTokenKey key, int count, string token, string unknownKid)
    {
        (_token, _unknownKid) = (token, unknownKid);
        SecurityKey[] others = [.. CreateOtherKeys(key, count)];
        _otherKeys = new(others, TokenMaterial.Issuer);
        _otherKeysByDefault = new(others, TokenMaterial.Issuer, triesAllKeys: true);
        _all = new([.. others[..(count / 2)], JsonWebTokensPeer.ToKey(key), .. others[((count / 2) + 1)..]], TokenMaterial.Issuer);
    }

    internal bool Validate() => Validate(_all, _token);

    internal bool RejectUnknownKid() => Validate(_otherKeys, _unknownKid);

    /// <summary>By default, the package tries every key of the set. The set does not contain the token's key, which the package would find
    /// under any kid.</summary>
    internal bool RejectUnknownKidByDefault() => Validate(_otherKeysByDefault, _unknownKid);

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

    private static bool Validate(JsonWebTokensPeer peer, string token) => peer.Validate(token, TokenMaterial.User, TokenMaterial.User);
}

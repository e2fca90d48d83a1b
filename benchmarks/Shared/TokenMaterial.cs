using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Benchmarks;

/// <summary>The validation of RS256 tokens with a JWK set of any size. Each method performs one operation.</summary>
public sealed class TokenMaterial
{
    internal const string User = "user@example.com";
    internal const string Issuer = "https://issuer.example";

    // All sets share one key.
    private static readonly TestTokenKey s_key = TestTokenKey.Create("the-key");

    private readonly AuthTokenValidator _validator = new(new() { TokenCacheSize = 0 });
    private readonly AuthTokenValidator _caching = new();
    private readonly ExpectedClaims _expected = new(User, User, Issuer);
    private readonly ExpectedClaims _other = new("another-user", User, Issuer);
    private readonly TokenKeySet _keys;
    private readonly byte[] _token, _unknownKid, _none;

    /// <summary>Creates material with a set of a number of keys, with the token's key in the middle.</summary>
    public TokenMaterial(int keys)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string token = s_key.Mint(new JsonObject
        {
            ["sub"] = User,
            ["email"] = User,
            ["iss"] = Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        });
        string[] parts = token.Split('.');
        string unknownKid = s_key.With(keyId: "no-such-key").Mint(User, User, now, Issuer);
        string none = $"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"the-key"}""")}.{parts[1]}.{parts[2]}";
        (_token, _unknownKid, _none) = (Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(unknownKid), Encoding.ASCII.GetBytes(none));

        _keys = TokenKeySet.Parse(KeySet(keys));
        Peers = new(s_key, keys, token, unknownKid);
        CheckReason(_token, _other, RejectionReason.TokenSubjectMismatch);
        CheckReason(_unknownKid, _expected, RejectionReason.TokenKeyUnknown);
        CheckReason(_none, _expected, RejectionReason.TokenAlgorithmNotAllowed);
    }

    /// <summary>The package for comparison, with equivalent rules.</summary>
    public TokenPeers Peers { get; }

    public bool Validate() => Validate(_validator, _token, _expected);

    public bool ValidateAgain() => Validate(_caching, _token, _expected);

    public bool RejectOtherUser() => Validate(_validator, _token, _other);

    public bool RejectUnknownKid() => Validate(_validator, _unknownKid, _expected);

    public bool RejectNone() => Validate(_validator, _none, _expected);

    // One key with many key IDs, because only the IDs are compared.
    private static byte[] KeySet(int count)
    {
        JsonObject jwk = s_key.ToJwk();
        JsonArray keys = [];
        for (int i = 0; i < count; i++)
        {
            jwk["kid"] = i == count / 2 ? s_key.KeyId : $"key-{i}";
            keys.Add((JsonNode)jwk.DeepClone());
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = keys }.ToJsonString());
    }

    // A rejection for another reason could occur earlier and cost less.
    private void CheckReason(byte[] token, ExpectedClaims expected, RejectionReason reason)
    {
        if (_validator.TryValidate(token, _keys, expected, out Rejection? rejection) || rejection.Reason != reason)
            throw new InvalidOperationException($"A token is not rejected for the expected reason {reason}: {rejection}");
    }

    private bool Validate(AuthTokenValidator validator, byte[] token, ExpectedClaims expected) =>
        validator.TryValidate(token, _keys, expected, out _);
}

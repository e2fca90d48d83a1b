using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Benchmarks;

/// <summary>Does a token log a user in? RS256, keys in a set of any size. One operation each.</summary>
public sealed class TokenMaterial
{
    internal const string User = "user@example.com";
    internal const string Issuer = "https://issuer.example";

    // One key for all sets.
    private static readonly TestTokenKey s_key = TestTokenKey.Create("the-key");

    private readonly AuthTokenValidator _validator = new(new() { TokenCacheSize = 0 });
    private readonly AuthTokenValidator _remembering = new();
    private readonly ExpectedClaims _expected = new(User, User, Issuer);
    private readonly ExpectedClaims _other = new("somebody", User, Issuer);
    private readonly TokenKeySet _keys;
    private readonly byte[] _token, _unknownKid, _none;

    /// <summary>Material with a set of so many keys, the token's own in the middle.</summary>
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

    /// <summary>The package with equal rules.</summary>
    public TokenPeers Peers { get; }

    public bool Validate() => Validate(_validator, _token, _expected);

    public bool ValidateAgain() => Validate(_remembering, _token, _expected);

    public bool RejectOtherUser() => Validate(_validator, _token, _other);

    public bool RejectUnknownKid() => Validate(_validator, _unknownKid, _expected);

    public bool RejectNone() => Validate(_validator, _none, _expected);

    // One key under many names: only the names are told apart.
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

    // A refusal for another reason might come earlier, and cost less.
    private void CheckReason(byte[] token, ExpectedClaims expected, RejectionReason reason)
    {
        if (_validator.TryValidate(token, _keys, expected, out Rejection? rejection) || rejection.Reason != reason)
            throw new InvalidOperationException($"A token isn't refused for its reason, {reason}: {rejection}");
    }

    private bool Validate(AuthTokenValidator validator, byte[] token, ExpectedClaims expected) => validator.TryValidate(token, _keys, expected, out _);
}

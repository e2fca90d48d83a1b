using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Ratios.Suites;

/// <summary>The validation of RS256 tokens with a JWK set of any size, and the same decision by JsonWebTokens with equivalent rules. Each
/// method performs one operation.</summary>
internal sealed class TokenMaterial
{
    private const string User = "user@example.com", Issuer = "https://issuer.example";

    // All sets share one key.
    private static readonly TestTokenMinter s_minter = new(
        new() { Algorithm = SignatureAlgorithm.RS256, Issuer = Issuer, Lifetime = TimeSpan.FromHours(1), KeyIdPrefix = "the-" });

    internal readonly byte[] Token, UnknownKid, None;

    /// <summary>The package with the same keys; and with keys other than the token's, which it would find under any kid, without and with
    /// its default of trying all keys.</summary>
    internal readonly JsonWebTokensPeer Peer, PeerOfOthers, PeerOfOthersByDefault;

    private readonly AuthTokenValidator _validator = new(new() { TokenCacheSize = 0 });
    private readonly AuthTokenValidator _caching = new();
    private readonly ExpectedClaims _expected = new(User, User, Issuer);
    private readonly ExpectedClaims _other = new("another-user", User, Issuer);
    private readonly TokenKeySet _keys;
    private readonly string _token = Mint(TestTokenFault.None), _unknownKid = Mint(TestTokenFault.UnknownKey);

    /// <summary>Creates material with a set of a number of keys, with the token's key in the middle.</summary>
    internal TokenMaterial(int keys)
    {
        (Token, UnknownKid) = (Encoding.ASCII.GetBytes(_token), Encoding.ASCII.GetBytes(_unknownKid));

        // With a signature, so that only the algorithm differs from a valid token.
        None = Encoding.ASCII.GetBytes(Mint(TestTokenFault.Unsigned) + _token[(_token.LastIndexOf('.') + 1)..]);

        // One key with many key IDs, because only the IDs are compared.
        _keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(
            [.. Enumerable.Range(0, keys).Select(i => i == keys / 2 ? s_minter.Key : s_minter.Key.With(keyId: $"key-{i}"))]));
        SecurityKey[] others = [.. CreateOtherKeys(keys)];
        Peer = new([.. others[..(keys / 2)], JsonWebTokensPeer.ToKey(s_minter.Key), .. others[((keys / 2) + 1)..]], Issuer);
        (PeerOfOthers, PeerOfOthersByDefault) = (new(others, Issuer), new(others, Issuer, triesAllKeys: true));
        CheckReason(Token, _other, RejectionReason.TokenSubjectMismatch);
        CheckReason(UnknownKid, _expected, RejectionReason.TokenKeyUnknown);
        CheckReason(None, _expected, RejectionReason.TokenAlgorithmNotAllowed);
    }

    internal bool Validate(byte[] token) => _validator.TryValidate(token, _keys, _expected, out _);

    internal bool ValidateAgain() => _caching.TryValidate(Token, _keys, _expected, out _);

    internal bool ValidateForOther(byte[] token) => _validator.TryValidate(token, _keys, _other, out _);

    internal bool ValidateByPeer() => Peer.Validate(_token, User, User);

    internal bool ValidateUnknownKid(JsonWebTokensPeer peer) => peer.Validate(_unknownKid, User, User);

    private static string Mint(TestTokenFault fault) => s_minter.Mint(User, User, fault);

    private static IEnumerable<SecurityKey> CreateOtherKeys(int count)
    {
        JsonObject jwk = s_minter.Key.ToJwk();
        byte[] modulus = Base64UrlEncoder.DecodeBytes((string)jwk["n"]!);
        for (int i = 0; i < count; i++)
        {
            (modulus[1], modulus[2]) = ((byte)(i >> 8), (byte)i);
            (jwk["kid"], jwk["n"]) = ($"key-{i}", Base64UrlEncoder.Encode(modulus));
            yield return new JsonWebKey(jwk.ToJsonString());
        }
    }

    private void CheckReason(byte[] token, ExpectedClaims expected, RejectionReason reason)
    {
        _validator.TryValidate(token, _keys, expected, out Rejection? rejection);
        Logins.Check(reason, rejection);
    }
}

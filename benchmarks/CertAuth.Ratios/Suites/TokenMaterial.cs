using CertAuth.AuthTokens;

namespace CertAuth.Ratios.Suites;

/// <summary>The validation of RS256 tokens with a JWK set of any size. Each method performs one operation.</summary>
internal sealed class TokenMaterial
{
    internal const string User = "user@example.com";
    internal const string Issuer = "https://issuer.example";

    // All sets share one key.
    private static readonly TestTokenMinter s_minter = new(
        new() { Algorithm = SignatureAlgorithm.RS256, Issuer = Issuer, Lifetime = TimeSpan.FromHours(1), KeyIdPrefix = "the-" });

    internal readonly byte[] Token, UnknownKid, None;

    /// <summary>The package for comparison, with equivalent rules.</summary>
    internal readonly TokenPeers Peers;

    private readonly AuthTokenValidator _validator = new(new() { TokenCacheSize = 0 });
    private readonly AuthTokenValidator _caching = new();
    private readonly ExpectedClaims _expected = new(User, User, Issuer);
    private readonly ExpectedClaims _other = new("another-user", User, Issuer);
    private readonly TokenKeySet _keys;

    /// <summary>Creates material with a set of a number of keys, with the token's key in the middle.</summary>
    internal TokenMaterial(int keys)
    {
        (string token, string unknownKid) = (Mint(TestTokenFault.None), Mint(TestTokenFault.UnknownKey));
        Token = Encoding.ASCII.GetBytes(token);
        UnknownKid = Encoding.ASCII.GetBytes(unknownKid);

        // With a signature, so that only the algorithm differs from a valid token.
        None = Encoding.ASCII.GetBytes(Mint(TestTokenFault.Unsigned) + token[(token.LastIndexOf('.') + 1)..]);
        _keys = TokenKeySet.Parse(KeySet(keys));
        Peers = new(s_minter.Key, keys, token, unknownKid);
        CheckReason(Token, _other, RejectionReason.TokenSubjectMismatch);
        CheckReason(UnknownKid, _expected, RejectionReason.TokenKeyUnknown);
        CheckReason(None, _expected, RejectionReason.TokenAlgorithmNotAllowed);
    }

    internal bool Validate(byte[] token) => _validator.TryValidate(token, _keys, _expected, out _);

    internal bool ValidateAgain() => _caching.TryValidate(Token, _keys, _expected, out _);

    internal bool ValidateForOther(byte[] token) => _validator.TryValidate(token, _keys, _other, out _);

    private static string Mint(TestTokenFault fault) => s_minter.Mint(User, User, fault);

    // One key with many key IDs, because only the IDs are compared.
    private static byte[] KeySet(int count) => TestTokenKey.CreateJwkSet(
        [.. Enumerable.Range(0, count).Select(i => i == count / 2 ? s_minter.Key : s_minter.Key.With(keyId: $"key-{i}"))]);

    private void CheckReason(byte[] token, ExpectedClaims expected, RejectionReason reason)
    {
        _validator.TryValidate(token, _keys, expected, out Rejection? rejection);
        Logins.Check(reason, rejection);
    }
}

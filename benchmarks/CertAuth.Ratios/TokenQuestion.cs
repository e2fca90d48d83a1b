using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Benchmarks;
using CertAuth.Signing;
using CertAuth.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Ratios;

/// <summary>What does it cost to find out whether a token logs a user in?</summary>
internal sealed class TokenQuestion : IDisposable
{
    private const double Whole = 1.07;
    private const double Again = 0.06;
    private const double BeforeSignature = 0.02;

    private const string User = "user@example.com";
    private const string Issuer = "https://issuer.example";

    private readonly RsaVerification _rsa = new();
    private readonly TestTokenKey _key = TestTokenKey.Create("the-key");
    private readonly AuthTokenValidator _validator = new(new() { CachedTokens = 0 });
    private readonly AuthTokenValidator _remembering = new();
    private readonly ExpectedClaims _expected = new(User, User, Issuer);
    private readonly ExpectedClaims _other = new("somebody", User, Issuer);

    internal TokenQuestion()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string token = _key.Mint(new JsonObject
        {
            ["sub"] = User,
            ["email"] = User,
            ["iss"] = Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        });
        string[] parts = token.Split('.');
        string unknownKid = _key.With(keyId: "no-such-key").Mint(User, User, now, Issuer);
        string none = $"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"the-key"}""")}.{parts[1]}.{parts[2]}";
        VerificationKeySet one = KeySet(1), thousand = KeySet(1000);

        Cases =
        [
            new("RSA.VerifyHash", _rsa.Verify, true),
            new("JWT RS256, all claims, 1 key", Ours(_validator, token, one, _expected), true, Whole),
            new("JWT RS256, all claims, 1,000 keys", Ours(_validator, token, thousand, _expected), true, Whole),
            new("the same token again", Ours(_remembering, token, one, _expected), true, Again),
            new("another user's token", Ours(_validator, token, one, _other), false, Whole),
            new("unknown kid, 1 key", Ours(_validator, unknownKid, one, _expected), false, BeforeSignature),
            new("unknown kid, 1,000 keys", Ours(_validator, unknownKid, thousand, _expected), false, BeforeSignature),
            new("alg none", Ours(_validator, none, one, _expected), false, BeforeSignature),
            new("JsonWebTokens 5.7.2, 1 key", Peer(token, 1), true),
            new("JsonWebTokens 5.7.2, unknown kid, 100 keys", Peer(unknownKid, 100), false),
        ];
    }

    internal IReadOnlyList<Case> Cases { get; }

    public void Dispose() => _rsa.Dispose();

    private static Func<bool> Ours(AuthTokenValidator validator, string token, VerificationKeySet keys, ExpectedClaims expected)
    {
        byte[] octets = Encoding.ASCII.GetBytes(token);
        return () => validator.TryValidate(octets, keys, expected, out _);
    }

    // One key under many names: only the names are told apart.
    private VerificationKeySet KeySet(int count) =>
        VerificationKeySet.Parse(TestTokenKey.KeySet([_key, .. Enumerable.Range(1, count - 1).Select(i => _key.With(keyId: $"key-{i}"))]));

    // The package with equal rules. Of several keys none is the token's: it would find that one under any kid.
    private Func<bool> Peer(string token, int count)
    {
        JsonObject jwk = _key.ToJwk();
        byte[] modulus = Base64UrlEncoder.DecodeBytes((string)jwk["n"]!);
        List<SecurityKey> keys = count == 1 ? [new JsonWebKey(jwk.ToJsonString())] : [];
        for (int i = 1; count > 1 && i <= count; i++)
        {
            modulus[i] ^= 0x55;
            jwk["kid"] = $"key-{i}";
            jwk["n"] = Base64UrlEncoder.Encode(modulus);
            keys.Add(new JsonWebKey(jwk.ToJsonString()));
        }

        JsonWebTokenHandler handler = new();
        TokenValidationParameters parameters = new() { ValidIssuer = Issuer, ValidateAudience = false, IssuerSigningKeys = keys };
        return () => handler.ValidateToken(token, parameters) is { IsValid: true } result
            && result.ClaimsIdentity.FindFirst("sub")?.Value == User && result.ClaimsIdentity.FindFirst("email")?.Value == User;
    }
}

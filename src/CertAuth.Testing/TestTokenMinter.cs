using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>An issuer of login tokens, valid and faulty, with the JWK set that verifies them.</summary>
/// <remarks>There is nothing to dispose. Safe for concurrent use.</remarks>
public sealed class TestTokenMinter
{
    // More than the maximum clock skew, less than the maximum token age.
    private const long ExpiredForSeconds = 6 * 60;
    private const long FutureSeconds = 60 * 60;

    private readonly TestTokenMinterOptions _options;
    private readonly Lock _lock = new();

    // In order of creation, the newest last.
    private ImmutableArray<TestTokenKey> _keys;
    private int _lastNumber = 1;

    /// <summary>Creates a minter with one key.</summary>
    /// <param name="options">The options of the tokens; null for the defaults.</param>
    /// <exception cref="ArgumentException">The key does not support the algorithm.</exception>
    public TestTokenMinter(TestTokenMinterOptions? options = null)
    {
        _options = options ?? new();
        string keyId = $"{_options.KeyIdPrefix}1";
        _keys =
        [
            _options.Key is { } key
                ? TestTokenKey.FromKey(keyId, key, _options.Algorithm)
                : TestTokenKey.Create(keyId, _options.Algorithm),
        ];
    }

    /// <summary>Gets the keys of the set, the newest last.</summary>
    public ImmutableArray<TestTokenKey> Keys
    {
        get
        {
            lock (_lock)
                return _keys;
        }
    }

    /// <summary>Gets the signing key, which is the newest.</summary>
    public TestTokenKey Key => Keys[^1];

    /// <summary>Gets the public keys as a JWK Set in UTF-8, in the form of a server's file.</summary>
    public byte[] JwkSet => TestTokenKey.CreateJwkSet(Keys.AsSpan());

    /// <summary>Gets the public keys as the library's JWK set.</summary>
    public TokenKeySet TokenKeySet => TokenKeySet.Parse(JwkSet);

    /// <summary>Adds a new key, which becomes the signing key. The previous keys stay in the set until <see cref="RetireOldKeys"/> is
    /// called.</summary>
    /// <returns>The new key.</returns>
    public TestTokenKey Rotate()
    {
        lock (_lock)
        {
            TestTokenKey key = TestTokenKey.Create($"{_options.KeyIdPrefix}{++_lastNumber}", _options.Algorithm);
            _keys = _keys.Add(key);
            return key;
        }
    }

    /// <summary>Completes a rotation: removes all keys except the newest from the set.</summary>
    public void RetireOldKeys()
    {
        lock (_lock)
            _keys = [_keys[^1]];
    }

    /// <summary>Returns a token for a user, issued at the current time.</summary>
    /// <param name="userName">The <c>sub</c> claim.</param>
    /// <param name="email">The <c>email</c> claim; empty for an account without an address.</param>
    /// <param name="fault">The fault of the token.</param>
    public string Mint(string userName, string email = "", TestTokenFault fault = TestTokenFault.None)
    {
        JsonObject claims = CreateClaims(userName, email, fault);
        TestTokenKey key = Key;
        return fault switch
        {
            TestTokenFault.None or TestTokenFault.Expired or TestTokenFault.IssuedInFuture => key.Mint(claims),
            TestTokenFault.WrongAlgorithm => MintWithWrongAlgorithm(key, claims),
            TestTokenFault.BadSignature => CorruptSignature(key.Mint(claims)),
            TestTokenFault.UnknownKey => key.With(keyId: $"{_options.KeyIdPrefix}unknown").Mint(claims),
            TestTokenFault.Unsigned => $"{CreateSigningInput("none", key, claims)}.",
            TestTokenFault.SignedWithPublicKey => SignWithPublicKey(key, claims),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "The fault is undefined."),
        };
    }

    /// <summary>Returns the claims of a valid token for a user, issued at the current time. The caller may change them and sign them with
    /// <see cref="Key"/>.</summary>
    public JsonObject CreateClaims(string userName, string email = "") => CreateClaims(userName, email, TestTokenFault.None);

    private JsonObject CreateClaims(string userName, string email, TestTokenFault fault)
    {
        ArgumentNullException.ThrowIfNull(userName);
        ArgumentNullException.ThrowIfNull(email);

        // NumericDate in whole seconds, truncated.
        long now = _options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(), lifetime = (long)_options.Lifetime.TotalSeconds;
        (long issuedAt, long expires) = fault switch
        {
            TestTokenFault.Expired => (now - ExpiredForSeconds - 60, now - ExpiredForSeconds),
            TestTokenFault.IssuedInFuture => (now + FutureSeconds, now + FutureSeconds + lifetime),
            _ => (now, now + lifetime),
        };
        JsonObject claims = new() { ["sub"] = userName, ["email"] = email, ["iat"] = issuedAt, ["exp"] = expires };
        if (_options.Issuer is { } issuer)
            claims["iss"] = issuer;
        return claims;
    }

    // An RSA key supports both paddings. An EC key supports one algorithm, so only the header is wrong.
    private static string MintWithWrongAlgorithm(TestTokenKey key, JsonObject claims)
    {
        if (key.Algorithm is >= SignatureAlgorithm.RS256 and <= SignatureAlgorithm.PS512)
            return key.With(algorithm: GetOtherAlgorithm(key.Algorithm)).Mint(claims);

        JsonObject header = CreateHeader(GetOtherAlgorithm(key.Algorithm).ToString(), key);
        return key.Sign(header.ToJsonString(), Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    private static SignatureAlgorithm GetOtherAlgorithm(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RS256 => SignatureAlgorithm.PS256,
        SignatureAlgorithm.RS384 => SignatureAlgorithm.PS384,
        SignatureAlgorithm.RS512 => SignatureAlgorithm.PS512,
        SignatureAlgorithm.PS256 or SignatureAlgorithm.ES256 => SignatureAlgorithm.RS256,
        SignatureAlgorithm.PS384 or SignatureAlgorithm.ES384 => SignatureAlgorithm.RS384,
        SignatureAlgorithm.PS512 or SignatureAlgorithm.ES512 => SignatureAlgorithm.RS512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "The algorithm is undefined."),
    };

    // The decoded bytes are changed, because the last character of Base64url can have insignificant bits.
    private static string CorruptSignature(string token)
    {
        int start = token.LastIndexOf('.') + 1;
        byte[] signature = Base64Url.DecodeFromChars(token.AsSpan(start));
        signature[^1] ^= 1;
        return $"{token[..start]}{Base64Url.EncodeToString(signature)}";
    }

    private static string SignWithPublicKey(TestTokenKey key, JsonObject claims)
    {
        string signed = CreateSigningInput("HS256", key, claims);
        byte[] secret = Encoding.UTF8.GetBytes(key.ToJwk().ToJsonString());
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static JsonObject CreateHeader(string algorithm, TestTokenKey key) =>
        new() { ["alg"] = algorithm, ["kid"] = key.KeyId, ["typ"] = "JWT" };

    private static string CreateSigningInput(string algorithm, TestTokenKey key, JsonObject claims) =>
        $"{Encode(CreateHeader(algorithm, key))}.{Encode(claims)}";

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MySqlLogin.Setup;

/// <summary>Signs login tokens, as an identity provider does, with a key that is kept in a file.</summary>
internal sealed class TokenMint
{
    private const string KeyId = "token-key-1", Algorithm = "ES256";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);
    private readonly ECDsa _key;

    private TokenMint(ECDsa key) => _key = key;

    internal string PrivateKeyPem => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>The public key as a JWK Set.</summary>
    internal string KeySet
    {
        get
        {
            ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
            JsonObject key = new()
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["alg"] = Algorithm,
                ["use"] = "sig",
                ["kid"] = KeyId,
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            };
            return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString() + "\n";
        }
    }

    internal static TokenMint Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    internal static TokenMint Load(string pem)
    {
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }

    internal string Mint(string user, string email, string issuer, DateTimeOffset now)
    {
        JsonObject header = new() { ["alg"] = Algorithm, ["kid"] = KeyId, ["typ"] = "JWT" };
        JsonObject claims = new()
        {
            ["sub"] = user,
            ["email"] = email,
            ["iss"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + s_lifetime).ToUnixTimeSeconds(),
        };
        string signed = $"{Encode(header)}.{Encode(claims)}";
        byte[] signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

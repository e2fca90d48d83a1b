using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>A key that signs login tokens, with its public half as a JSON Web Key.</summary>
/// <remarks>Immutable; safe for concurrent use; nothing to dispose: the key is kept as octets and imported for each signature.</remarks>
public sealed class TestTokenKey
{
    private readonly TestKey _key;

    private TestTokenKey(TestKey key, string keyId, SignatureAlgorithm algorithm) => (_key, KeyId, Algorithm) = (key, keyId, algorithm);

    /// <summary>The <c>kid</c>.</summary>
    public string KeyId { get; }

    /// <summary>The algorithm with which it signs.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>A new key for an algorithm: RSA with 2048 bits, or on the algorithm's curve.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static TestTokenKey Create(string keyId, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256) =>
        new(TestKey.Create(GetKeyType(algorithm)), keyId, algorithm);

    /// <summary>The key that was kept as <see cref="PrivateKeyPem"/>, under a <c>kid</c> and for an algorithm.</summary>
    /// <exception cref="ArgumentException">The text holds no such key, not encrypted, or one that doesn't fit the algorithm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static TestTokenKey FromPem(string keyId, string privateKeyPem, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256)
    {
        TestKey key = TestKey.FromPem(privateKeyPem);
        return CanSign(key, algorithm) ? new(key, keyId, algorithm) : throw CreateUnfitException(key, algorithm, nameof(privateKeyPem));
    }

    /// <summary>A key pair at hand, such as a <see cref="TestKey.Fixed"/> one, under a <c>kid</c> and for an algorithm.</summary>
    /// <exception cref="ArgumentException">The key doesn't fit the algorithm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static TestTokenKey FromKey(string keyId, TestKey key, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256)
    {
        ArgumentNullException.ThrowIfNull(key);
        return CanSign(key, algorithm) ? new(key, keyId, algorithm) : throw CreateUnfitException(key, algorithm, nameof(key));
    }

    /// <summary>The private key as PKCS#8 in PEM, unencrypted, with a line feed at its end.</summary>
    public string PrivateKeyPem => _key.PrivateKeyPem;

    /// <summary>The same key under another <c>kid</c> or for another algorithm of its type.</summary>
    public TestTokenKey With(string? keyId = null, SignatureAlgorithm? algorithm = null) => new(_key, keyId ?? KeyId, algorithm ?? Algorithm);

    /// <summary>A JWK Set of the public halves (RFC 7517, 5), as UTF-8.</summary>
    public static byte[] CreateJwkSet(params ReadOnlySpan<TestTokenKey> keys)
    {
        JsonArray list = [];
        foreach (TestTokenKey key in keys)
            list.Add((JsonNode)key.ToJwk());
        return Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = list }.ToJsonString());
    }

    /// <summary>The public half as a JSON Web Key (RFC 7517, 4), with <c>kid</c>, <c>use</c> and <c>alg</c>; change it at will.</summary>
    public JsonObject ToJwk()
    {
        JsonObject jwk = new() { ["kid"] = KeyId, ["use"] = "sig", ["alg"] = Algorithm.ToString() };
        if (IsRsa(Algorithm))
        {
            using RSA rsa = ImportRsa();
            RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(parameters.Modulus);
            jwk["e"] = Base64Url.EncodeToString(parameters.Exponent);
            return jwk;
        }

        using ECDsa ecdsa = ImportEcdsa();
        ECParameters point = ecdsa.ExportParameters(includePrivateParameters: false);
        jwk["kty"] = "EC";
        jwk["crv"] = Algorithm switch { SignatureAlgorithm.ES256 => "P-256", SignatureAlgorithm.ES384 => "P-384", _ => "P-521" };
        jwk["x"] = Base64Url.EncodeToString(point.Q.X);
        jwk["y"] = Base64Url.EncodeToString(point.Q.Y);
        return jwk;
    }

    /// <summary>A token (RFC 7515, 7.1) with the key's own header over these claims.</summary>
    public string Mint(JsonObject claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        JsonObject header = new() { ["alg"] = Algorithm.ToString(), ["kid"] = KeyId, ["typ"] = "JWT" };
        return Sign(header.ToJsonString(), Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    /// <summary>A login token for a user: <c>sub</c>, <c>email</c>, <c>iat</c>, <c>exp</c> 15 minutes later, and <c>iss</c> where it is given.</summary>
    public string Mint(string userName, string email, DateTimeOffset issuedAt, string? issuer = null)
    {
        JsonObject claims = new()
        {
            ["sub"] = userName,
            ["email"] = email,
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["exp"] = issuedAt.AddMinutes(15).ToUnixTimeSeconds(),
        };
        if (issuer is not null)
            claims["iss"] = issuer;
        return Mint(claims);
    }

    /// <summary>Signs any header and payload as they are, malformed ones too.</summary>
    public string Sign(string header, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(header);
        string signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(SignData(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The bare signature over any octets.</summary>
    public byte[] SignData(ReadOnlySpan<byte> data)
    {
        HashAlgorithmName hash = Algorithm switch
        {
            SignatureAlgorithm.RS256 or SignatureAlgorithm.PS256 or SignatureAlgorithm.ES256 => HashAlgorithmName.SHA256,
            SignatureAlgorithm.RS384 or SignatureAlgorithm.PS384 or SignatureAlgorithm.ES384 => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        if (IsRsa(Algorithm))
        {
            using RSA rsa = ImportRsa();
            bool isPss = Algorithm is SignatureAlgorithm.PS256 or SignatureAlgorithm.PS384 or SignatureAlgorithm.PS512;
            return rsa.SignData(data.ToArray(), hash, isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }

        using ECDsa ecdsa = ImportEcdsa();
        return ecdsa.SignData(data.ToArray(), hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool CanSign(TestKey key, SignatureAlgorithm algorithm) => IsRsa(algorithm) ? key.IsRsa : key.Type == GetKeyType(algorithm);

    private static ArgumentException CreateUnfitException(TestKey key, SignatureAlgorithm algorithm, string parameter) =>
        new($"A key of type {key.Type} doesn't fit {algorithm}.", parameter);

    private static bool IsRsa(SignatureAlgorithm algorithm) => GetKeyType(algorithm) == TestKeyType.Rsa2048;

    private static TestKeyType GetKeyType(SignatureAlgorithm algorithm) => algorithm switch
    {
        >= SignatureAlgorithm.RS256 and <= SignatureAlgorithm.PS512 => TestKeyType.Rsa2048,
        SignatureAlgorithm.ES256 => TestKeyType.P256,
        SignatureAlgorithm.ES384 => TestKeyType.P384,
        SignatureAlgorithm.ES512 => TestKeyType.P521,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };

    private RSA ImportRsa()
    {
        RSA rsa = RSA.Create();
        rsa.ImportFromPem(_key.PrivateKeyPem);
        return rsa;
    }

    private ECDsa ImportEcdsa()
    {
        ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(_key.PrivateKeyPem);
        return ecdsa;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>A key that signs login tokens, with its public key as a JSON Web Key (JWK).</summary>
/// <remarks>Holds the key as bytes and imports it for each signature, so there is nothing to dispose. Immutable; safe for concurrent
/// use.</remarks>
public sealed class TestTokenKey
{
    private readonly TestKey _key;

    private TestTokenKey(TestKey key, string keyId, SignatureAlgorithm algorithm) => (_key, KeyId, Algorithm) = (key, keyId, algorithm);

    /// <summary>Gets the key ID, the <c>kid</c> of headers and JWKs.</summary>
    public string KeyId { get; }

    /// <summary>Gets the signature algorithm.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>Generates a key for an algorithm: RSA with 2048 bits, or EC on the curve of the algorithm.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is undefined.</exception>
    public static TestTokenKey Create(string keyId, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256) =>
        new(TestKey.Create(GetKeyType(algorithm)), keyId, algorithm);

    /// <summary>Reads a key from <see cref="PrivateKeyPem"/> and assigns it a key ID and an algorithm.</summary>
    /// <exception cref="ArgumentException">The text contains no unencrypted private key, or the key does not support the
    /// algorithm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is undefined.</exception>
    public static TestTokenKey FromPem(string keyId, string privateKeyPem, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256)
    {
        TestKey key = TestKey.FromPem(privateKeyPem);
        return CanSign(key, algorithm) ? new(key, keyId, algorithm) : throw CreateMismatchException(algorithm, nameof(privateKeyPem));
    }

    /// <summary>Creates a token key from a key pair, such as one of <see cref="TestKey.Fixed"/>, and assigns it a key ID and an
    /// algorithm.</summary>
    /// <exception cref="ArgumentException">The key does not support the algorithm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is undefined.</exception>
    public static TestTokenKey FromKey(string keyId, TestKey key, SignatureAlgorithm algorithm = SignatureAlgorithm.RS256)
    {
        ArgumentNullException.ThrowIfNull(key);
        return CanSign(key, algorithm) ? new(key, keyId, algorithm) : throw CreateMismatchException(algorithm, nameof(key));
    }

    /// <summary>Gets the private key as unencrypted PKCS #8 in PEM, with a line feed at the end.</summary>
    public string PrivateKeyPem => _key.PrivateKeyPem;

    /// <summary>Returns the same key with another key ID or another algorithm. Signing fails if the key does not support the
    /// algorithm.</summary>
    public TestTokenKey With(string? keyId = null, SignatureAlgorithm? algorithm = null) =>
        new(_key, keyId ?? KeyId, algorithm ?? Algorithm);

    /// <summary>Creates a JWK Set of the public keys (RFC 7517, 5), as UTF-8.</summary>
    public static byte[] CreateJwkSet(params ReadOnlySpan<TestTokenKey> keys)
    {
        JsonArray list = [];
        foreach (TestTokenKey key in keys)
            list.Add((JsonNode)key.ToJwk());
        return Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = list }.ToJsonString());
    }

    /// <summary>Returns the public key as a new JSON Web Key (RFC 7517, 4) with <c>kid</c>, <c>use</c> and <c>alg</c>. The caller may
    /// change it.</summary>
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

    /// <summary>Returns a token (RFC 7515, 7.1) with the given claims and the key's default header.</summary>
    public string Mint(JsonObject claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        JsonObject header = new() { ["alg"] = Algorithm.ToString(), ["kid"] = KeyId, ["typ"] = "JWT" };
        return Sign(header.ToJsonString(), Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    /// <summary>Returns a login token with <c>sub</c>, <c>email</c>, <c>iat</c>, <c>exp</c> 15 minutes later, and <c>iss</c> if
    /// <paramref name="issuer"/> is not null.</summary>
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

    /// <summary>Signs an arbitrary header and payload, well-formed or not, and returns the token.</summary>
    public string Sign(string header, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(header);
        string signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(SignData(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Returns the signature over arbitrary data.</summary>
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

    private static bool CanSign(TestKey key, SignatureAlgorithm algorithm) =>
        IsRsa(algorithm) ? key.IsRsa : key.Type == GetKeyType(algorithm);

    private static ArgumentException CreateMismatchException(SignatureAlgorithm algorithm, string parameter) =>
        new($"The key cannot sign with {algorithm}. RS and PS algorithms need an RSA key; ES algorithms need a key on their curve.",
            parameter);

    private static bool IsRsa(SignatureAlgorithm algorithm) => GetKeyType(algorithm) == TestKeyType.Rsa2048;

    private static TestKeyType GetKeyType(SignatureAlgorithm algorithm) => algorithm switch
    {
        >= SignatureAlgorithm.RS256 and <= SignatureAlgorithm.PS512 => TestKeyType.Rsa2048,
        SignatureAlgorithm.ES256 => TestKeyType.P256,
        SignatureAlgorithm.ES384 => TestKeyType.P384,
        SignatureAlgorithm.ES512 => TestKeyType.P521,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "The algorithm is undefined."),
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

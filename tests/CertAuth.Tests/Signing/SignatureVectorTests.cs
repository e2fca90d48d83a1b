using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

/// <summary>All raw signatures of Wycheproof that .NET can verify.</summary>
/// <remarks>Signatures that Wycheproof calls "acceptable" (a DigestInfo without NULL) are rejected. Keys with the exponent 3 are too weak
/// for a JWK set; their signatures are verified with a key that is created without the reader.</remarks>
public sealed class SignatureVectorTests
{
    private static readonly VectorFile<SignatureFile> s_files = new("wycheproof-sig.json", file => file.File, "files");

    private static readonly Lazy<Dictionary<string, SignatureVector>> s_vectors = new(() => (
        from file in s_files.All
        where file.Alg != "EdDSA"
        from @group in file.Groups
        let key = new Lazy<TokenKey>(() => CreateKey(@group.Jwk))
        from test in @group.Tests
        select new SignatureVector(
            $"{file.File} {test[0].GetInt32()}", key, file.Alg, @group.Jwk, test[1].GetString() == "valid",
            Convert.FromHexString(test[2].GetString()!), Convert.FromHexString(test[3].GetString()!), test[4].GetString()!))
        .ToDictionary(vector => vector.Id));

    public static TheoryData<string> Ids => s_files.IdsWhere(_ => false) is { Count: > 0 } absent ? absent : [.. s_vectors.Value.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void Verify_MatchesWycheproof(string id)
    {
        SharedFiles.RequireVectors("wycheproof-sig.json");
        SignatureVector vector = s_vectors.Value[id];
        SignatureScheme scheme = SignatureScheme.FindByName(Encoding.ASCII.GetBytes(vector.Algorithm))!;

        bool verified = vector.Key.Value.Verify(vector.Message, vector.Signature, scheme);

        vector.Key.Value.Supports(scheme).Should().BeTrue();
        (vector.IsValid == verified).Should().BeTrue(vector.Comment);
    }

    [Fact]
    public void Vectors_AreComplete()
    {
        SharedFiles.RequireVectors("wycheproof-sig.json");

        s_vectors.Value.Count.Should().Be(2840);
        s_vectors.Value.Values.Select(vector => vector.Algorithm).Distinct().Count().Should().Be(9);
        s_vectors.Value.Values.Count(vector => vector.IsValid).Should().Be(933);
    }

    [Fact]
    public void Read_AcceptsAllVectorKeysExceptExponent3()
    {
        SharedFiles.RequireVectors("wycheproof-sig.json");
        JsonElement[] keys = [.. s_vectors.Value.Values.Select(vector => vector.Jwk).DistinctBy(key => key.GetRawText())];

        string[] rejected = [.. keys.Where(key => ReadKey(key).Kind != TokenKeyWarningKind.None).Select(key => $"{key.GetProperty("e")}")];

        rejected.Should().Equal("Aw", "Aw", "Aw", "Aw");
        keys.Length.Should().BeGreaterThan(300);
    }

    private static TokenKey CreateKey(JsonElement jwk)
    {
        (TokenKeyWarningKind kind, TokenKey? key) = ReadKey(jwk);
        if (kind != TokenKeyWarningKind.Weak)
            return key!;

        RSAParameters parameters = new()
        {
            Modulus = Base64Url.DecodeFromChars(jwk.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(jwk.GetProperty("e").GetString()),
        };
        return new([], PublicKeyKind.Rsa, null, SignatureAlgorithm.None, () => VerificationKey.ImportOrNull(parameters));
    }

    private static (TokenKeyWarningKind Kind, TokenKey? Key) ReadKey(JsonElement jwk)
    {
        byte[] json = Encoding.UTF8.GetBytes($"{{\"kid\":\"w\",{jwk.GetRawText().Trim()[1..]}");
        return (JwkReader.Read(json, out TokenKey? key, out _), key);
    }

    private sealed record SignatureFile(string Alg, string File, IReadOnlyList<SignatureGroup> Groups);

    private sealed record SignatureGroup(JsonElement Jwk, IReadOnlyList<JsonElement[]> Tests);

    private sealed record SignatureVector(
        string Id, Lazy<TokenKey> Key, string Algorithm, JsonElement Jwk, bool IsValid, byte[] Message, byte[] Signature, string Comment);
}

using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Compares the verdicts on the rows of claims.tsv, and on signatures by keys for another purpose, with
/// Microsoft.IdentityModel.JsonWebTokens.</summary>
/// <remarks>Each difference is in a list with its reason. The test fails if a difference is not in the list or a listed difference does not
/// occur.</remarks>
public sealed class IdentityModelRowTests(ITestOutputHelper output)
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly TestTokenKey s_p384 = TestTokenKey.Create("k", SignatureAlgorithm.ES384);
    private static readonly JsonObject s_bareP384 = With(s_p384.ToJwk(), jwk => jwk.Remove("alg"));

    // Each signature verifies, but the JWK set does not allow the algorithm for the key.
    private static readonly (string Id, TestTokenKey Signer, JsonObject Jwk)[] s_wrongKeys =
    [
        ("key: ES256 by a key on P-384", s_p384.With(algorithm: SignatureAlgorithm.ES256), s_bareP384),
        ("key: RS384 by a key for RS256", s_key.With(algorithm: SignatureAlgorithm.RS384), s_key.ToJwk()),
        ("key: PS256 by a key for RS256", s_key.With(algorithm: SignatureAlgorithm.PS256), s_key.ToJwk()),
        ("key: RS256 by a key for encryption", s_key, With(s_key.ToJwk(), jwk => jwk["use"] = "enc")),
    ];

    [Fact]
    public async Task TryValidate_DiffersFromIdentityModel_OnlyWhereListed()
    {
        Dictionary<string, string> differences = [];
        int valid = 0, invalid = 0;
        byte[] jwks = TestTokenKey.CreateJwkSet(s_key);
        foreach (ClaimRow row in ClaimRow.All.Values)
        {
            string token = s_key.Sign(Encoding.Latin1.GetString(row.HeaderBytes), row.PayloadBytes);
            await CompareAsync(row.Id, token, jwks, row.Claims(), row.ToOptions(new(ClaimRow.Now)));
        }

        foreach ((string id, TestTokenKey signer, JsonObject jwk) in s_wrongKeys)
        {
            string token = signer.Mint("alice", "alice@x.test", ClaimRow.Now);
            string neighbor = TestTokenKey.Create("neighbor").ToJwk().ToJsonString();
            byte[] set = Encoding.UTF8.GetBytes($$"""{"keys":[{{jwk.ToJsonString()}},{{neighbor}}]}""");
            await CompareAsync(id, token, set, new("alice", "alice@x.test"), new() { TimeProvider = new FixedClock(ClaimRow.Now) });
        }

        int accepts = differences.Values.Count(verdict => verdict == "accepts");
        int rejects = differences.Values.Count(verdict => verdict == "rejects");
        output.WriteLine(
            $"The package accepts {accepts} of {invalid} tokens that must be rejected, and rejects {rejects} of {valid} valid ones.");
        output.WriteLine(string.Join('\n', differences.Select(difference => $"{difference.Value}\t{difference.Key}")));
        differences.Keys.Should().BeEquivalentTo(new TsvFile("CertAuth.Tests/AuthTokens/identity-model-rows.tsv").Ids);

        async Task CompareAsync(string id, string token, byte[] set, ExpectedClaims expected, AuthTokenOptions options)
        {
            bool ours = new AuthTokenValidator(options)
                .TryValidate(Encoding.Latin1.GetBytes(token), TokenKeySet.Parse(set), expected, out _);
            bool theirs = await new IdentityModelPeer(set).AcceptsAsync(token, expected, options);
            (valid, invalid) = ours ? (valid + 1, invalid) : (valid, invalid + 1);
            if (theirs != ours)
                differences.Add(id, theirs ? "accepts" : "rejects");
        }
    }

    private static JsonObject With(JsonObject jwk, Action<JsonObject> change)
    {
        change(jwk);
        return jwk;
    }
}

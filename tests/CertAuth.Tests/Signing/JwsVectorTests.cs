using System.Text;
using System.Text.Json;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

/// <summary>All signed tokens and JWK sets of Wycheproof, with the expected verdict of this library.</summary>
/// <remarks>A token is invalid if its JWK set is rejected.</remarks>
public sealed class JwsVectorTests
{
    private static readonly VectorFile<JwsVector> s_vectors =
        new("wycheproof-jws.json", vector => $"{vector.File} {vector.Tc} {vector.Comment}", "tests");

    private static readonly JwsVerifier s_verifier = new();

    public static TheoryData<string> Ids => s_vectors.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_MatchesWycheproof(string id)
    {
        JwsVector vector = s_vectors[id];
        byte[] payload = new byte[s_verifier.MaxPayloadLength];

        Rejection? rejection = null;
        bool verified = TokenKeySet.TryParse(Encoding.UTF8.GetBytes(vector.Key.GetRawText()), out var keys, out var error)
            && s_verifier.TryVerify(Encoding.UTF8.GetBytes(vector.Jws), keys, payload, out _, out rejection);

        vector.Certauth.Should().Be((verified ? "valid" : "invalid"), $"{vector.Group}: {error} {rejection} {vector.Note}");
    }

    [Fact]
    public void Vectors_AreComplete()
    {
        s_vectors.All.Count.Should().Be(427);
        s_vectors.All.Count(vector => vector.Certauth == "valid").Should().Be(33);
        s_vectors.Ids.Distinct().Count().Should().Be(s_vectors.All.Count);
    }

    private sealed record JwsVector(
        string File, int Tc, string Group, string Comment, string Certauth, string Note, JsonElement Key, string Jws);
}

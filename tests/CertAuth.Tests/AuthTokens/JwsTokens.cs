using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Keys of a set, and tokens that they sign whatever the header says.</summary>
internal static class JwsTokens
{
    // These come first: what follows is made of them.
    private static readonly TestTokenKey s_p384 = TestTokenKey.Create("p384", SignatureAlgorithm.ES384);
    private static readonly TestTokenKey s_p521 = TestTokenKey.Create("p521", SignatureAlgorithm.ES512);

    internal static TestTokenKey Rsa { get; } = TestTokenKey.Create("r");

    internal static TestTokenKey P256 { get; } = TestTokenKey.Create("e", SignatureAlgorithm.ES256);

    /// <summary><c>r</c> for RS256 and <c>e</c> for ES256 alone; <c>any</c>, <c>p256</c>, <c>p384</c>, <c>p521</c> don't say.</summary>
    internal static TokenKeySet Keys { get; } = TokenKeySet.Parse(Encoding.UTF8.GetBytes($$"""
        {"keys":[{{Rsa.ToJwk().ToJsonString()}},{{P256.ToJwk().ToJsonString()}},{{Bare(Rsa, "any")}},{{Bare(P256, "p256")}},
        {{Bare(s_p384, "p384")}},{{Bare(s_p521, "p521")}}]}
        """));

    /// <summary>The key of that set that makes signatures of an algorithm, under the <c>kid</c> of a key that takes them.</summary>
    internal static TestTokenKey For(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.ES256 => P256,
        SignatureAlgorithm.ES384 => s_p384,
        SignatureAlgorithm.ES512 => s_p521,
        _ => Rsa.With("any", algorithm),
    };

    /// <summary>None where the token is accepted, else why not.</summary>
    internal static RejectionReason Verify(string token, JwsOptions? options = null) =>
        Verify(Encoding.Latin1.GetBytes(token), options, out _);

    internal static RejectionReason Verify(byte[] token, JwsOptions? options, out byte[] payload)
    {
        JwsVerifier verifier = new(options);
        byte[] buffer = new byte[verifier.MaxPayloadLength];
        bool verified = verifier.TryVerify(token, Keys, buffer, out int length, out Rejection? rejection);
        (rejection is null).Should().Be(verified);
        (verified || length == 0).Should().BeTrue();
        payload = buffer[..length];
        return rejection?.Reason ?? RejectionReason.None;
    }

    internal static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Bare(TestTokenKey key, string keyId)
    {
        JsonObject jwk = key.With(keyId).ToJwk();
        jwk.Remove("alg");
        return jwk.ToJsonString();
    }
}

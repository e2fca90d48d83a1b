using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The keys of a JWK set, and tokens that they sign. The header need not match the key.</summary>
internal static class JwsTokens
{
    // The static members below depend on these, so these must be first.
    private static readonly TestTokenKey s_p384 = TestTokenKey.Create("p384", SignatureAlgorithm.ES384);
    private static readonly TestTokenKey s_p521 = TestTokenKey.Create("p521", SignatureAlgorithm.ES512);

    internal static TestTokenKey Rsa { get; } = TestTokenKey.Create("r");

    internal static TestTokenKey P256 { get; } = TestTokenKey.Create("e", SignatureAlgorithm.ES256);

    /// <summary>The JWK set. The keys <c>r</c> and <c>e</c> allow only RS256 and ES256; <c>any</c>, <c>p256</c>, <c>p384</c> and
    /// <c>p521</c> have no <c>alg</c>.</summary>
    internal static TokenKeySet Keys { get; } = TokenKeySet.Parse(Encoding.UTF8.GetBytes($$"""
        {"keys":[{{Rsa.ToJwk().ToJsonString()}},{{P256.ToJwk().ToJsonString()}},{{Bare(Rsa, "any")}},{{Bare(P256, "p256")}},
        {{Bare(s_p384, "p384")}},{{Bare(s_p521, "p521")}}]}
        """));

    /// <summary>Returns the key of the set that signs with an algorithm, under a <c>kid</c> that allows it.</summary>
    internal static TestTokenKey For(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.ES256 => P256,
        SignatureAlgorithm.ES384 => s_p384,
        SignatureAlgorithm.ES512 => s_p521,
        _ => Rsa.With("any", algorithm),
    };

    /// <summary>Returns the reason for the rejection, or None if the token is accepted.</summary>
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

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

/// <summary>What claims.tsv can't say: the three parts as text, and keys that must not be used.</summary>
public sealed class TokenFormTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly string s_token = s_key.Mint("alice", "alice@x.test", ClaimRow.Now);
    private static readonly string[] s_parts = s_token.Split('.');
    private static readonly AuthTokenValidator s_validator = new(new() { TimeProvider = new FixedClock(ClaimRow.Now) });

    public static TheoryData<string, FailureReason> Texts => new()
    {
        { "{0}.{1}.{2}", FailureReason.None },
        { "", FailureReason.TokenMalformed },
        { ".", FailureReason.TokenMalformed },
        { "..", FailureReason.TokenMalformed },
        { "{0}", FailureReason.TokenMalformed },
        { "{0}.{1}", FailureReason.TokenMalformed },
        { "{0}.{1}.", FailureReason.TokenMalformed },
        { ".{1}.{2}", FailureReason.TokenMalformed },
        { "{0}.{1}.{2}.", FailureReason.TokenMalformed },
        { "{0}.{1}.{2}.{2}.{2}", FailureReason.TokenMalformed },
        { "{0}..{2}", FailureReason.TokenBadSignature },
        { "{0}=.{1}.{2}", FailureReason.TokenBadBase64 },
        { "{0}.{1}==.{2}", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2}==", FailureReason.TokenBadBase64 },
        { " {0}.{1}.{2}", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2} ", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2}\n", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2}\0", FailureReason.TokenBadBase64 },
        { "{0}. {1}.{2}", FailureReason.TokenBadBase64 },
        { "+{0}.{1}.{2}", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2}/", FailureReason.TokenBadBase64 },
        { "{0}.{1}.{2}AAAA", FailureReason.TokenBadSignature },
        { "{0}.{1}.AAAA", FailureReason.TokenBadSignature },
    };

    public static TheoryData<string> UnusableKeys => ["key_ops", "e=3", "RSA-1024", "encryption", "private"];

    [Theory, MemberData(nameof(Texts))]
    public void TryValidate_TakesThreePartsOfStrictBase64(string format, FailureReason reason) =>
        Reason(string.Format(null, format, s_parts), Keys(s_key.ToJwk())).Should().Be(reason);

    // 256 octets leave four bits of the last character over.
    [Fact]
    public void TryValidate_RefusesBitsThatMeanNothing()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char spare = Alphabet[Alphabet.IndexOf(s_token[^1], StringComparison.Ordinal) + 1];

        Reason(s_token[..^1] + spare, Keys(s_key.ToJwk())).Should().Be(FailureReason.TokenBadBase64);
    }

    [Theory, MemberData(nameof(UnusableKeys))]
    public void TryValidate_NeverUsesAKeyThatIsPassedOver(string kind)
    {
        JsonObject key = s_key.ToJwk();
        switch (kind)
        {
            case "key_ops":
                key["key_ops"] = new JsonArray("sign", "encrypt");
                break;
            case "e=3":
                key["e"] = "Aw";
                break;
            case "RSA-1024":
                using (RSA weak = RSA.Create(1024))
                    key["n"] = System.Buffers.Text.Base64Url.EncodeToString(weak.ExportParameters(false).Modulus);
                break;
            case "encryption":
                key["use"] = "enc";
                break;
            default:
                key["d"] = "AQAB";
                break;
        }

        Reason(s_token, Keys(key, TestTokenKey.Create("neighbour").ToJwk())).Should().Be(FailureReason.TokenKeyUnknown);
    }

    [Fact]
    public void TryValidate_RefusesACurveThatTheAlgorithmDoesNotName()
    {
        TestTokenKey p384 = TestTokenKey.Create("k", SignatureAlgorithm.ES384);
        JsonObject key = p384.ToJwk();
        key.Remove("alg");
        string header = ClaimRow.DefaultHeader.Replace("RS256", "ES256", StringComparison.Ordinal);
        string token = p384.Sign(header, ClaimRow.All["all as it should be"].PayloadOctets);

        Reason(token, Keys(key)).Should().Be(FailureReason.TokenAlgorithmMismatch);
    }

    [Theory]
    [InlineData(16384, FailureReason.TokenBadBase64)]
    [InlineData(16385, FailureReason.TokenTooLarge)]
    [InlineData(1_000_000, FailureReason.TokenTooLarge)]
    public void TryValidate_BoundsTheLength(int octets, FailureReason reason) =>
        Reason($"a.b.{new string('c', octets - 4)}", Keys(s_key.ToJwk())).Should().Be(reason);

    private static VerificationKeySet Keys(params JsonNode[] keys) =>
        VerificationKeySet.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString()));

    private static FailureReason Reason(string token, VerificationKeySet keys) =>
        s_validator.TryValidate(Encoding.Latin1.GetBytes(token), keys, new("alice", "alice@x.test"), out Refusal? refusal)
            ? FailureReason.None
            : refusal.Reason;
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Cases that claims.tsv cannot express: the text of the three parts, and keys that must not be used.</summary>
public sealed class TokenFormTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly string s_token = s_key.Mint("alice", "alice@x.test", ClaimRow.Now);
    private static readonly string[] s_parts = s_token.Split('.');
    private static readonly AuthTokenValidator s_validator = new(new() { TimeProvider = new FixedClock(ClaimRow.Now) });

    public static TheoryData<string, RejectionReason> Texts => new()
    {
        { "{0}.{1}.{2}", RejectionReason.None },
        { "", RejectionReason.TokenMalformed },
        { ".", RejectionReason.TokenMalformed },
        { "..", RejectionReason.TokenMalformed },
        { "{0}", RejectionReason.TokenMalformed },
        { "{0}.{1}", RejectionReason.TokenMalformed },
        { "{0}.{1}.", RejectionReason.TokenMalformed },
        { ".{1}.{2}", RejectionReason.TokenMalformed },
        { "{0}.{1}.{2}.", RejectionReason.TokenMalformed },
        { "{0}.{1}.{2}.{2}.{2}", RejectionReason.TokenMalformed },
        { "{0}..{2}", RejectionReason.TokenBadSignature },
        { "{0}=.{1}.{2}", RejectionReason.TokenBadBase64 },
        { "{0}.{1}==.{2}", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2}==", RejectionReason.TokenBadBase64 },
        { " {0}.{1}.{2}", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2} ", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2}\n", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2}\0", RejectionReason.TokenBadBase64 },
        { "{0}. {1}.{2}", RejectionReason.TokenBadBase64 },
        { "+{0}.{1}.{2}", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2}/", RejectionReason.TokenBadBase64 },
        { "{0}.{1}.{2}AAAA", RejectionReason.TokenBadSignature },
        { "{0}.{1}.AAAA", RejectionReason.TokenBadSignature },
    };

    public static TheoryData<string> UnusableKeys => ["key_ops", "e=3", "RSA-1024", "encryption", "private"];

    [Theory, MemberData(nameof(Texts))]
    public void TryValidate_AcceptsThreePartsOfStrictBase64(string format, RejectionReason reason) =>
        Reason(string.Format(null, format, s_parts), Keys(s_key.ToJwk())).Should().Be(reason);

    // The last character of 256 bytes in base64url has four unused bits.
    [Fact]
    public void TryValidate_RejectsNonZeroTrailingBits()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = Alphabet[Alphabet.IndexOf(s_token[^1], StringComparison.Ordinal) + 1];

        Reason(s_token[..^1] + last, Keys(s_key.ToJwk())).Should().Be(RejectionReason.TokenBadBase64);
    }

    [Theory, MemberData(nameof(UnusableKeys))]
    public void TryValidate_DoesNotUseAnUnusableKey(string kind)
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

        Reason(s_token, Keys(key, TestTokenKey.Create("neighbor").ToJwk())).Should().Be(RejectionReason.TokenKeyUnknown);
    }

    [Fact]
    public void TryValidate_RejectsAKeyOnAnotherCurveThanThatOfTheAlgorithm()
    {
        TestTokenKey p384 = TestTokenKey.Create("k", SignatureAlgorithm.ES384);
        JsonObject key = p384.ToJwk();
        key.Remove("alg");
        string header = ClaimRow.DefaultHeader.Replace("RS256", "ES256", StringComparison.Ordinal);
        string token = p384.Sign(header, ClaimRow.All["valid"].PayloadBytes);

        Reason(token, Keys(key)).Should().Be(RejectionReason.TokenAlgorithmMismatch);
    }

    [Theory]
    [InlineData(16384, RejectionReason.TokenBadBase64)]
    [InlineData(16385, RejectionReason.TokenTooLarge)]
    [InlineData(1_000_000, RejectionReason.TokenTooLarge)]
    public void TryValidate_LimitsTheLength(int bytes, RejectionReason reason) =>
        Reason($"a.b.{new string('c', bytes - 4)}", Keys(s_key.ToJwk())).Should().Be(reason);

    private static TokenKeySet Keys(params JsonNode[] keys) =>
        TokenKeySet.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString()));

    private static RejectionReason Reason(string token, TokenKeySet keys) =>
        s_validator.TryValidate(Encoding.Latin1.GetBytes(token), keys, new("alice", "alice@x.test"), out Rejection? rejection)
            ? RejectionReason.None
            : rejection.Reason;
}

using System.Buffers.Text;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>Checks that Microsoft.IdentityModel accepts every mutated token that CertAuth accepts.</summary>
/// <remarks>The reasons for which only CertAuth rejects a token are in a list. The test fails if a reason is not in the list or a listed
/// reason does not occur.</remarks>
public sealed class IdentityModelTests
{
    private const int Tokens = 4000;

    private static readonly TestTokenKey s_rsa = TestTokenKey.Create("r");
    private static readonly TestTokenKey s_ec = TestTokenKey.Create("e", SignatureAlgorithm.ES256);
    private static readonly byte[] s_jwks = TestTokenKey.CreateJwkSet(s_rsa, s_ec);

    private static readonly string[] s_headerEdits =
    [
        ",\"crit\":[\"x\"]", ",\"b64\":false", ",\"zip\":\"DEF\"", ",\"cty\":\"JWT\"", ",\"\\u0061lg\":\"none\"", ",\"x\":1,\"x\":2", ",",
        ",\"jku\":\"https://evil.test\"", "/**/", "}", ",\"x\":'a'", ",\"x\":0x10", ",\"x\":\"\\ud800\"", ",\"x5t\":\"AA\"",
    ];

    private static readonly string[] s_algorithms = ["none", "HS256", "RS384", "ES384", "rs256", "PS256"];
    private static readonly string[] s_keyIds = ["\"x\"", "\"R\"", "null", "5", "\"\"", "\"\\u0072\""];
    private static readonly string[] s_types = ["\"jwt\"", "\"at+jwt\"", "\"\"", "null", "\"JWS\""];

    private static readonly string[] s_payloadEdits =
    [
        ",\"jti\":\"1\"", ",\"sub\":\"bob\"", ",\"\\u0073ub\":\"alice\"", ",\"x\":{\"a\":1,\"a\":2}",
        ",\"aud\":\"db\"", ",\"aud\":[5]", ",", "/**/",
        ",\"x\":\"\\ud800\"", ",\"x\":[[[]]]", ",\"nbf\":{0}", ",\"nbf\":{1}", ",\"x\":1.", ",\"x\":'a'", ",\"x\":NaN",
        "}}", ",\"x\":\"\t\"",
    ];

    private static readonly string[] s_subjects = ["\"bob\"", "null", "5", "[\"alice\"]", "\"\\u0061lice\"", "\"Alice\""];
    private static readonly string[] s_emails = ["\"\"", "null", "\"b@x\""];
    private static readonly string[] s_issuers = ["\"issuer-b\"", "null", "5", "\"Issuer-a\"", "\"issuer\\u002da\""];
    private static readonly long[] s_seconds = [-100_000, -901, -900, -1, 0, 1, 900, 100_000];

    [Fact]
    public async Task TryValidate_AcceptsNothingThatIdentityModelRejects()
    {
        AuthTokenOptions options = new() { TimeProvider = new FixedClock(ClaimRow.Now) };
        AuthTokenValidator ours = new(options);
        TokenKeySet keys = TokenKeySet.Parse(s_jwks);
        ExpectedClaims expected = new("alice", "alice@x.test", "issuer-a");
        IdentityModelPeer theirs = new(s_jwks);
        Random random = new(20_260_102);
        HashSet<string> stricter = [];
        int acceptedByBoth = 0;

        for (int i = 0; i < Tokens; i++)
        {
            string token = Mutate(random);
            bool accepted = ours.TryValidate(Encoding.Latin1.GetBytes(token), keys, expected, out Rejection? rejection);
            bool isAcceptedByPeer = await theirs.AcceptsAsync(token, expected, options);
            if (accepted)
                isAcceptedByPeer.Should().BeTrue($"token {i} is accepted only by CertAuth: {token}");
            else if (isAcceptedByPeer)
                stricter.Add(rejection!.Reason.ToString());
            acceptedByBoth += accepted ? 1 : 0;
        }

        stricter.Should().BeEquivalentTo(new TsvFile("CertAuth.Tests/AuthTokens/identity-model-exceptions.tsv").Ids);
        acceptedByBoth.Should().BeInRange(Tokens / 10, Tokens);
    }

    private static string Mutate(Random random)
    {
        bool IsOneIn(int count) => random.Next(count) == 0;
        string Pick(string[] choices) => choices[random.Next(choices.Length)];
        long now = ClaimRow.Now.ToUnixTimeSeconds();
        string Time(long seconds) => (now + (IsOneIn(8) ? s_seconds[random.Next(s_seconds.Length)] : seconds)).ToString(null, null)
            + (IsOneIn(24) ? Pick([".5", ".0", "e0", "000"]) : "");

        TestTokenKey key = IsOneIn(4) ? s_rsa : s_ec;
        string algorithm = IsOneIn(12) ? Pick(s_algorithms) : $"{key.Algorithm}";
        string header = $"{{\"alg\":\"{algorithm}\",\"kid\":{(IsOneIn(12) ? Pick(s_keyIds) : $"\"{key.KeyId}\"")}"
            + (IsOneIn(3) ? $",\"typ\":{(IsOneIn(4) ? Pick(s_types) : "\"JWT\"")}" : "") + (IsOneIn(6) ? Pick(s_headerEdits) : "") + "}";
        string iat = IsOneIn(30) ? "\"" + now + "\"" : Time(0);
        string exp = IsOneIn(30) ? "\"" + (now + 900) + "\"" : Time(900);
        string edit = IsOneIn(5)
            ? Pick(s_payloadEdits).Replace("{0}", $"{now}", StringComparison.Ordinal).Replace("{1}", $"{now + 1}", StringComparison.Ordinal)
            : "";
        string payload = $"{{\"sub\":{(IsOneIn(10) ? Pick(s_subjects) : "\"alice\"")}"
            + $",\"iss\":{(IsOneIn(10) ? Pick(s_issuers) : "\"issuer-a\"")}"
            + $",\"email\":{(IsOneIn(10) ? Pick(s_emails) : "\"alice@x.test\"")},\"iat\":{iat},\"exp\":{exp}"
            + edit + "}";
        return MutateText(key.Sign(header, Encoding.UTF8.GetBytes(payload)), random);
    }

    private static string MutateText(string token, Random random)
    {
        int at = random.Next(token.Length);
        string[] parts = token.Split('.');
        return random.Next(40) switch
        {
            0 => $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}",
            1 => token[..at],
            2 => token + "=",
            3 => token + ".x",
            4 => token.Replace('-', '+').Replace('_', '/'),
            5 => $"{parts[0]}.{parts[1]}.",
            6 => $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}",
            7 => " " + token,
            8 => token + (char)random.Next(256),
            9 => token[..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random.Next(64)],
            _ => token,
        };
    }
}

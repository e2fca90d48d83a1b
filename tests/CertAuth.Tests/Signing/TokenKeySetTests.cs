using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

public sealed class TokenKeySetTests
{
    private static readonly TsvFile s_keys = new("CertAuth.Tests/Signing/keys.tsv");
    private static readonly TsvFile s_sets = new("CertAuth.Tests/Signing/jwk-sets.tsv");
    private static readonly string s_good1 = TestTokenKey.Create("g1").ToJwk().ToJsonString();
    private static readonly string s_good2 = TestTokenKey.Create("g2", SignatureAlgorithm.ES256).ToJwk().ToJsonString();

    public static TheoryData<string> Keys => [.. s_keys.Ids];

    public static TheoryData<string> Sets => [.. s_sets.Ids];

    [Theory, MemberData(nameof(Keys))]
    public void TryParse_AcceptsOrIgnoresAKey(string id)
    {
        TokenKeyWarningKind expected = Enum.Parse<TokenKeyWarningKind>(s_keys[id][0]);
        byte[] set = Encoding.UTF8.GetBytes($$"""{"keys":[{{s_good1}},{"kid":"x",{{GeneratedKeys.Fill(s_keys[id][1])}}},{{s_good2}}]}""");

        bool parsed = TokenKeySet.TryParse(set, out TokenKeySet? keys, out TokenKeySetError error);

        parsed.Should().BeTrue($"{error}");
        (keys!.Warnings.SingleOrDefault()?.Kind ?? TokenKeyWarningKind.None).Should().Be(expected);
        Assert.All(keys.Warnings, warning => (warning.Index, warning.KeyId).Should().Be((1, "x")));
        (keys.Find("x"u8) is not null).Should().Be(expected == TokenKeyWarningKind.None);
        (keys.Find("g1"u8) is not null && keys.Find("g2"u8) is not null).Should().BeTrue("the other keys are usable");
        keys.Count.Should().Be(expected == TokenKeyWarningKind.None ? 3 : 2);
    }

    [Theory, MemberData(nameof(Sets))]
    public void TryParse_AcceptsOrRejectsASet(string id)
    {
        string[] row = s_sets[id];
        string json = row[3].Replace("$good1", s_good1, StringComparison.Ordinal).Replace("$good2", s_good2, StringComparison.Ordinal);

        byte[] set = Encoding.UTF8.GetBytes(GeneratedKeys.Fill(json));
        bool parsed = TokenKeySet.TryParse(set, out TokenKeySet? keys, out TokenKeySetError error);

        error.Kind.ToString().Should().Be(row[0]);
        parsed.Should().Be(error.Kind == TokenKeySetErrorKind.None);
        (keys is not null).Should().Be(parsed);
        $"{keys?.Count ?? 0}".Should().Be(row[1]);
        string.Join(',', (keys?.Warnings ?? error.Warnings).Select(warning => warning.Kind)).Should().Be(row[2]);
    }

    [Fact]
    public void Rows_CoverEveryKind()
    {
        (s_keys.Ids.Count + s_sets.Ids.Count >= 60).Should().BeTrue();
        // A key without a kid is in a row of jwk-sets.tsv, because the test adds a kid to each row of keys.tsv.
        IEnumerable<string> warnings = s_keys.Ids.Select(id => s_keys[id][0]).Concat(s_sets.Ids.SelectMany(id => s_sets[id][2].Split(',')));
        Enum.GetNames<TokenKeyWarningKind>().Except(warnings).Should().BeEmpty();
        Enum.GetNames<TokenKeySetErrorKind>().Except([.. s_sets.Ids.Select(id => s_sets[id][0]), nameof(TokenKeySetErrorKind.TooLarge)])
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData(1024 * 1024, TokenKeySetErrorKind.None)]
    [InlineData(1024 * 1024 + 1, TokenKeySetErrorKind.TooLarge)]
    public void TryParse_LimitsTheSize(int bytes, TokenKeySetErrorKind expected)
    {
        byte[] json = Encoding.UTF8.GetBytes($"{{\"keys\":[{s_good1}]}}".PadRight(bytes));

        bool parsed = TokenKeySet.TryParse(json, out _, out TokenKeySetError error);

        error.Kind.Should().Be(expected);
        parsed.Should().Be(expected == TokenKeySetErrorKind.None);
    }

    [Theory]
    [InlineData(9_999, TokenKeySetErrorKind.None)]
    [InlineData(10_000, TokenKeySetErrorKind.TooLarge)]
    public void TryParse_LimitsTheNumberOfKeys(int others, TokenKeySetErrorKind expected)
    {
        string json = $"{{\"keys\":[{string.Concat(Enumerable.Repeat("{},", others))}{s_good1}]}}";

        bool parsed = TokenKeySet.TryParse(Encoding.UTF8.GetBytes(json), out _, out TokenKeySetError error);

        error.Kind.Should().Be(expected);
        parsed.Should().Be(expected == TokenKeySetErrorKind.None);
    }

    // The set, the list and the key are three of the 32 levels.
    [Theory]
    [InlineData(29, TokenKeySetErrorKind.None)]
    [InlineData(30, TokenKeySetErrorKind.Malformed)]
    [InlineData(100_000, TokenKeySetErrorKind.Malformed)]
    public void TryParse_LimitsTheDepth(int depth, TokenKeySetErrorKind expected)
    {
        string json = $"{{\"keys\":[{{\"z\":{new string('[', depth)}{new string(']', depth)}}},{s_good1}]}}";

        bool parsed = TokenKeySet.TryParse(Encoding.UTF8.GetBytes(json), out _, out TokenKeySetError error);

        error.Kind.Should().Be(expected);
        parsed.Should().Be(expected == TokenKeySetErrorKind.None);
    }

    [Fact]
    public void TryParse_ReadsAThousandKeys()
    {
        IEnumerable<string> list = Enumerable.Range(0, 1000)
            .Select(i => $$"""{"kty":"RSA","kid":"k{{i}}","n":"{{GeneratedKeys.Encode(GeneratedKeys.Modulus(2048, i))}}","e":"AQAB"}""");

        TokenKeySet keys = TokenKeySet.Parse(Encoding.UTF8.GetBytes($"{{\"keys\":[{string.Join(',', list)}]}}"));

        keys.Count.Should().Be(1000);
        keys.Warnings.Should().BeEmpty();
        Enumerable.Range(0, 1000).Should().AllSatisfy(i => keys.Find(Encoding.ASCII.GetBytes($"k{i}")).Should().NotBeNull());
        keys.Find("k1000"u8).Should().BeNull();
    }

    [Fact]
    public void TryParse_ReadsTheExampleOfTidb()
    {
        TokenKeySet keys = TokenKeySet.Parse(File.ReadAllBytes(SharedFiles.RequireVectors("tidb-example-jwks.json")));

        keys.Count.Should().Be(2);
        keys.Warnings.Should().BeEmpty();
        (keys.Find("the-key-id-0"u8)?.Algorithm).Should().Be(SignatureAlgorithm.RS256);
        keys.Find("the-key-id-1"u8).Should().NotBeNull();
        keys.Find("The-Key-Id-1"u8).Should().BeNull();
    }

    [Fact]
    public void Parse_ThrowsAnEscapedSentence_WhenNoKeyIsUsable()
    {
        byte[] json = Encoding.UTF8.GetBytes(GeneratedKeys.Fill("""{"keys":[{"kid":"a\nb","kty":"RSA","n":"$n1024","e":"AQAB"}]}"""));

        FormatException thrown = FluentActions.Invoking(() => TokenKeySet.Parse(json))
            .Should().ThrowExactly<FormatException>().Which;

        thrown.Message.Should().StartWith("The JWK set has no usable key.");
        thrown.Message.Should().Contain("is weak");
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void Find_ResolvesTheEscapesOfAKeyId()
    {
        JsonObject jwk = TestTokenKey.Create("é\n😀").ToJwk();

        TokenKeySet keys = TokenKeySet.Parse(Encoding.UTF8.GetBytes(jwk.ToJsonString()));

        keys.Find(Encoding.UTF8.GetBytes("é\n😀")).Should().NotBeNull();
        keys.Find("\\u00e9"u8).Should().BeNull();
    }
}

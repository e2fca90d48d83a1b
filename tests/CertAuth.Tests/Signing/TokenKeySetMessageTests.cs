using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

/// <summary>The messages about a rejected JWK set: sentences, with warnings only if there are any.</summary>
public sealed class TokenKeySetMessageTests
{
    private const string Malformed =
        "The JWK set is not strict JSON, is nested more than 32 levels deep, or is neither an object with a \"keys\" array "
        + "(RFC 7517, 5) nor a single key.";

    private const string Symmetric = """{"kty":"oct","kid":"s","k":"AQAB"}""";

    private const string IsSymmetric = "(kid s) is symmetric, so any party that can verify a token can also sign one.";

    private static readonly string s_good = TestTokenKey.Create("g", SignatureAlgorithm.ES256).ToJwk().ToJsonString();

    public static TheoryData<string, string> Sets => new()
    {
        { "", Malformed },
        { "{\"keys\":[", Malformed },
        { "{\"keys\":[]}", "The JWK set has no usable key." },
        { $"{{\"keys\":[{Symmetric}]}}", $"The JWK set has no usable key. Key 0 {IsSymmetric}" },
        {
            $"{{\"keys\":[{string.Join(',', Enumerable.Repeat(Symmetric, 7))}]}}",
            $"The JWK set has no usable key. Key 0 {IsSymmetric} Key 1 {IsSymmetric} Key 2 {IsSymmetric} Further unusable keys: 4."
        },
        { $"{{\"keys\":[{s_good},{s_good}]}}", "Key 1 has the same kid as an earlier key of the JWK set. Give each key a kid of its own." },
        { new string(' ', SigningBounds.MaxKeySetBytes + 1), "The JWK set exceeds a limit: 1 MiB or 10,000 keys." },
    };

    [Theory, MemberData(nameof(Sets), DisableDiscoveryEnumeration = true)]
    public void Parse_StatesTheReason_WhenTheSetIsRejected(string json, string expected)
    {
        Action parse = () => TokenKeySet.Parse(Encoding.UTF8.GetBytes(json));

        parse.Should().Throw<FormatException>().WithMessage(expected);
    }

    [Fact]
    public async Task OpenAsync_StatesTheSameReason_WhenTheSetIsRejected()
    {
        using TempFolder folder = new();
        string path = folder.Write("jwks.json", "{");

        ReloadOptions options = new() { SettleDelay = TimeSpan.Zero };

        Func<Task> open = () => TokenKeySet.OpenAsync(path, options, TestContext.Current.CancellationToken);

        (await open.Should().ThrowAsync<InvalidDataException>()).WithMessage($"jwk-set: {Malformed}");
    }

    [Fact]
    public void LoadFile_NamesTheFile_WhenTheSetIsRejected()
    {
        using TempFolder folder = new();
        string path = folder.Write("jwks.json", "{");

        Action load = () => TokenKeySet.LoadFile(path);

        load.Should().Throw<InvalidDataException>().WithMessage($"The JWK set file {path} cannot be loaded. {Malformed}");
    }

    [Fact]
    public void LoadFile_LoadsTheKeys()
    {
        using TempFolder folder = new();

        TokenKeySet keys = TokenKeySet.LoadFile(folder.Write("jwks.json", $"{{\"keys\":[{s_good},{Symmetric}]}}"));

        keys.Count.Should().Be(1);
        keys.Warnings.Should().ContainSingle().Which.ToString().Should().Be($"Key 1 {IsSymmetric}");
    }

    [Fact]
    public void LoadFile_ReportsATooLargeFile_WithoutReadingAllOfIt()
    {
        using TempFolder folder = new();
        using (FileStream sparse = File.Create(folder["jwks.json"]))
            sparse.SetLength(1L << 40);

        Action load = () => TokenKeySet.LoadFile(folder["jwks.json"]);

        load.Should().Throw<InvalidDataException>().WithMessage("*1 MiB*");
    }

    [Fact]
    public void LoadFile_Throws_WhenTheFileIsMissing()
    {
        using TempFolder folder = new();

        Action load = () => TokenKeySet.LoadFile(folder["none.json"]);

        load.Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Error_HasTheIndexOfTheRepeatedKeyAndTheWarningsBeforeIt()
    {
        byte[] json = Encoding.UTF8.GetBytes($"{{\"keys\":[{s_good},{Symmetric},{s_good},{Symmetric}]}}");

        TokenKeySet.TryParse(json, out TokenKeySet? keys, out TokenKeySetError error).Should().BeFalse();

        keys.Should().BeNull();
        (error.Kind, error.Index).Should().Be((TokenKeySetErrorKind.RepeatedKeyId, 2));
        error.Warnings.Should().ContainSingle().Which.Index.Should().Be(1);
    }

    [Fact]
    public void DefaultError_MeansNoError()
    {
        TokenKeySetError none = default;

        none.Kind.Should().Be(TokenKeySetErrorKind.None);
        none.Warnings.Should().BeEmpty();
        none.ToString().Should().Be("No error.");
        TokenKeySet.TryParse(Encoding.UTF8.GetBytes(s_good), out _, out TokenKeySetError error).Should().BeTrue();
        error.Should().Be(none);
    }

    [Fact]
    public void Warning_IsASentenceWithoutTheNameOfItsKind()
    {
        TokenKeyWarningKind[] kinds = [.. Enum.GetValues<TokenKeyWarningKind>().Where(kind => kind != TokenKeyWarningKind.None)];

        string[] sentences = [.. kinds.Select(kind => new TokenKeyWarning(kind, 7, "a\nb").ToString())];

        sentences.Should().OnlyHaveUniqueItems();
        foreach ((TokenKeyWarningKind kind, string sentence) in kinds.Zip(sentences))
        {
            sentence.Should().StartWith("Key 7 (kid a\\u{000A}b) ").And.EndWith(".").And.NotContain("number");
            sentence.Should().NotContain($"{kind}");
        }
    }

    [Fact]
    public void Error_IsASentenceWithoutTheNameOfItsKind()
    {
        foreach (TokenKeySetErrorKind kind in Enum.GetValues<TokenKeySetErrorKind>())
            new TokenKeySetError(kind, 0, []).ToString().Should().EndWith(".").And.NotContain("number").And.NotContain($"{kind} ");
    }
}

using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Tokens;

public sealed class JwksTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_WritesASetAndAKeyReadableOnlyByItsOwner()
    {
        ToolResult result = New("login-1");

        result.Output.Should().Be($"added    login-1\nwritten  {_folder["jwks.json"]}\n         {_folder["login-1-key.pem"]}\n");
        TokenKeySet set = TokenKeySet.Parse(File.ReadAllBytes(_folder["jwks.json"]));
        set.Count.Should().Be(1);
        _folder.ReadText("jwks.json").Should().NotContain("\"d\"");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder["login-1-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void New_DoesNotReplaceFiles_WithoutForce()
    {
        New("a");
        string set = _folder.ReadText("jwks.json");

        CaCommands.RunWithError("jwks", "new", "--kid", "b", "--folder", _folder.Path).Should().EndWith(
            "jwks.json already exists; use --force to replace it.");
        _folder.ReadText("jwks.json").Should().Be(set);
        File.Exists(_folder["b-key.pem"]).Should().BeFalse();
        New("b", "--force");
        _folder.ReadText("jwks.json").Should().NotBe(set);
    }

    [Fact]
    public void Rotate_KeepsTheOldKey_UntilItIsDropped()
    {
        New("a");
        string oldToken = Mint("a");
        Rotate("--kid", "b", "--alg", "RS256");
        string newToken = Mint("b");
        (Verify(oldToken), Verify(newToken)).Should().Be((0, 0));

        ToolResult result = Rotate("--drop", "a");

        result.Output.Should().Be($"dropped  a\nwritten  {_folder["jwks.json"]}\n");
        (Verify(oldToken), Verify(newToken)).Should().Be((1, 0));
        File.Exists(_folder["a-key.pem"]).Should().BeTrue();
    }

    [Fact]
    public void Rotate_KeepsTheTextOfOtherKeys()
    {
        const string Other = """{"kty":"RSA", "n":"AQAB","n":"AQAB",   "kid":"odd"}""";
        TestTokenKey key = TestTokenKey.Create("a", SignatureAlgorithm.ES256);
        _folder.Write("jwks.json", $$"""{"keys":[{{Other}},{{key.ToJwk().ToJsonString()}}],"note":1}""");

        Rotate("--kid", "b");

        _folder.ReadText("jwks.json").Should().Contain(Other);
        TokenKeySet.Parse(File.ReadAllBytes(_folder["jwks.json"])).Count.Should().Be(2);
    }

    [Theory]
    [InlineData("--drop x", "--drop: No key has the kid x.")]
    [InlineData("--kid a", "--kid: The JWK set already has the kid a; choose another.")]
    [InlineData("--drop a", "The new JWK set would be rejected. The JWK set has no usable key.")]
    [InlineData("", "Nothing to do; use --kid to add a key or --drop to remove one.")]
    [InlineData(
        "--kid a/b",
        "--kid (or --name): Use 1 to 64 letters, digits and the characters -._@, and do not begin with . or -.")]
    public void Rotate_ChangesNothing_WhenTheCallIsInvalid(string options, string problem)
    {
        New("a");
        string set = _folder.ReadText("jwks.json");

        CaCommands.RunWithError(["jwks", "rotate", "--folder", _folder.Path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .Should().Be($"certauth jwks rotate: {problem}");
        _folder.ReadText("jwks.json").Should().Be(set);
        _folder.GetFileNames().Should().Equal(".certauth.lock", "a-key.pem", "jwks.json");
    }

    // A set with private members is secret: a user who can read it can sign.
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public void Rotate_KeepsTheMode_OfASetWithPrivateMembers(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        JsonObject secret = TestTokenKey.Create("secret", SignatureAlgorithm.ES256).ToJwk();
        secret["d"] = "AQAB";
        JsonObject good = TestTokenKey.Create("a", SignatureAlgorithm.ES256).ToJwk();
        string path = _folder.Write("jwks.json", $$"""{"keys":[{{secret.ToJsonString()}},{{good.ToJsonString()}}]}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);

        Rotate("--kid", "b");

        _folder.ReadText("jwks.json").Should().Contain("\"AQAB\"");
        ToolFiles.GetMode(path).Should().Be(mode);
    }

    [Fact]
    public void Rotate_KeepsTheMode_OfTheTargetOfALink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, few users may create links.");
        JsonObject key = TestTokenKey.Create("a", SignatureAlgorithm.ES256).ToJwk();
        string target = _folder.Write("set-1.json", $$"""{"keys":[{{key.ToJsonString()}}]}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["jwks.json"], target);

        Rotate("--kid", "b");

        ToolFiles.GetMode(_folder["jwks.json"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Rotate_DoesNotReplaceAnExistingKeyFile()
    {
        New("a");
        _folder.Write("b-key.pem", "precious");

        CaCommands.RunWithError("jwks", "rotate", "--kid", "b", "--folder", _folder.Path).Should().EndWith(
            "b-key.pem already exists; use --force to replace it.");
        _folder.ReadText("b-key.pem").Should().Be("precious");
    }

    [Fact]
    public void New_UsesTheNameOption_WhenTheKeyIdIsNotAFileName()
    {
        New("https://sso/1", "--name", "sso");

        File.Exists(_folder["sso-key.pem"]).Should().BeTrue();
        Show(_folder["jwks.json"]).Output.Should().Contain("https://sso/1");
    }

    [Fact]
    public void Show_ListsKeysAndWhySomeAreIgnored()
    {
        TestTokenKey key = TestTokenKey.Create("good", SignatureAlgorithm.ES256);
        JsonObject secret = TestTokenKey.Create("leaked", SignatureAlgorithm.ES384).ToJwk();
        secret["d"] = "AQAB";
        secret.Remove("alg");
        string good = $"{key.ToJwk().ToJsonString()},{secret.ToJsonString()}";
        string path = _folder.Write("set", $$"""{"keys":[{{good}},{"kty":"oct","kid":"\u001b[2J","k":"AQAB"},{"kty":"OKP"}]}""");

        ToolResult result = Show(path);

        result.Output.Should().Be("""
            kid        type      alg
            good       EC P-256  ES256  usable
            leaked     EC P-384  any    ignored: it has private members, so any reader of the set can sign tokens; create a new key
            \u{1B}[2J  oct       any    ignored: it is symmetric, so any party that can verify a token can also sign one
            (none)     OKP       any    ignored: it has the key type OKP, for example Ed25519, which is not supported

            """);
        result.ExitCode.Should().Be(0);
        JsonObject json = ToolRun.Run(["jwks", "show", path, "--format", "json"]).ReadJson();
        json["keys"]!.AsArray().Select(k => k!["usable"]!.GetValue<bool>().ToString()).Should().Equal("True", "False", "False", "False");
        json["keys"]![1]!["warning"].Text().Should().Be("PrivateMembers");
    }

    [Fact]
    public void Show_ExitsWithOne_ForARejectedSet()
    {
        JsonObject key = TestTokenKey.Create("a", SignatureAlgorithm.ES256).ToJwk();
        ToolResult repeated = Show(_folder.Write("repeated", $$"""{"keys":[{{key.ToJsonString()}},{{key.ToJsonString()}}]}"""));
        ToolResult none = ToolRun.Run(["jwks", "show", "-"], Encoding.UTF8.GetBytes("""{"keys":[{"kty":"oct","kid":"a","k":"AQAB"}]}"""));

        (repeated.ExitCode, none.ExitCode).Should().Be((1, 1));
        repeated.Output.Should().EndWith(
            "\nrejected: Key 1 has the same kid as an earlier key of the JWK set. Give each key a kid of its own.\n");
        none.Output.Should().Contain("\nrejected: The JWK set has no usable key. Key 0 (kid a) is symmetric, ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"keys\":[")]
    [InlineData("{\"keys\":1}")]
    public void Show_FailsWithOneLineError_WhenTheFileIsNotAJwkSet(string content)
    {
        string path = _folder.Write("set", content);

        CaCommands.RunWithError("jwks", "show", path).Should().Be(
            $"certauth jwks show: {path}: The JWK set is not strict JSON, is nested more than 32 levels deep, or is neither an object "
            + "with a \"keys\" array (RFC 7517, 5) nor a single key.");
    }

    [Fact]
    public void ShowAndRotate_FailWithOneLineError_WhenTheFileIsMissing()
    {
        CaCommands.RunWithError("jwks", "show", _folder["none"]).Should().Be(
            $"certauth jwks show: {_folder["none"]} cannot be read: the file does not exist.");
        CaCommands.RunWithError("jwks", "rotate", "--kid", "a", "--folder", _folder.Path).Should().Be(
            $"certauth jwks rotate: {_folder["jwks.json"]} cannot be read: the file does not exist.");
    }

    private ToolResult New(string kid, params string[] options) =>
        CaCommands.Run(["jwks", "new", "--kid", kid, "--folder", _folder.Path, .. options]);

    private ToolResult Rotate(params string[] options) =>
        CaCommands.Run(["jwks", "rotate", "--folder", _folder.Path, .. options]);

    private string Mint(string kid) =>
        CaCommands.Run("token", "mint", "--key", _folder[$"{kid}-key.pem"], "--kid", kid, "--user", "alice").Output.TrimEnd('\n');

    private int Verify(string token) =>
        ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], "--user", "alice"]).ExitCode;

    private static ToolResult Show(string path) => ToolRun.Run(["jwks", "show", path]);
}

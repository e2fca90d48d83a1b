using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

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
        _folder.Read("jwks.json").Should().NotContain("\"d\"");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder["login-1-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void New_NeverOverwritesWithoutForce()
    {
        New("a");
        string set = _folder.Read("jwks.json");

        CaCommands.Mistake("jwks", "new", "--kid", "b", "--folder", _folder.Path).Should().EndWith(
            "jwks.json is there already; --force replaces it.");
        _folder.Read("jwks.json").Should().Be(set);
        File.Exists(_folder["b-key.pem"]).Should().BeFalse();
        New("b", "--force");
        _folder.Read("jwks.json").Should().NotBe(set);
    }

    [Fact]
    public void Rotate_KeepsTheOldKeyUntilItIsDropped()
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
    public void Rotate_LeavesForeignKeysAsTheyStood()
    {
        const string Foreign = """{"kty":"RSA", "n":"AQAB","n":"AQAB",   "kid":"odd"}""";
        TestTokenKey key = TestTokenKey.Create("a", SignatureAlgorithm.ES256);
        _folder.Write("jwks.json", $$"""{"keys":[{{Foreign}},{{key.ToJwk().ToJsonString()}}],"note":1}""");

        Rotate("--kid", "b");

        _folder.Read("jwks.json").Should().Contain(Foreign);
        TokenKeySet.Parse(File.ReadAllBytes(_folder["jwks.json"])).Count.Should().Be(2);
    }

    [Theory]
    [InlineData("--drop x", "--drop: no key has the kid x.")]
    [InlineData("--kid a", "--kid: a key has the kid a already; choose another.")]
    [InlineData("--drop a", "The set would be refused. No key of it can be used.")]
    [InlineData("", "Nothing to do: --kid adds a key, --drop takes one out.")]
    [InlineData("--kid a/b", "--kid (or --name, if given) begins the names of files: letters, digits and -._@, at most 64, neither . nor - first.")]
    public void Rotate_BadCall_ChangesNothing(string options, string problem)
    {
        New("a");
        string set = _folder.Read("jwks.json");

        CaCommands.Mistake(["jwks", "rotate", "--folder", _folder.Path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .Should().Be($"certauth jwks rotate: {problem}");
        _folder.Read("jwks.json").Should().Be(set);
        _folder.Names().Should().Equal(".certauth.lock", "a-key.pem", "jwks.json");
    }

    // A set with private members is a secret: whoever reads it can sign.
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public void Rotate_KeepsTheModeOfASetWithPrivateMembers(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        JsonObject secret = TestTokenKey.Create("secret", SignatureAlgorithm.ES256).ToJwk();
        secret["d"] = "AQAB";
        JsonObject good = TestTokenKey.Create("a", SignatureAlgorithm.ES256).ToJwk();
        string path = _folder.Write("jwks.json", $$"""{"keys":[{{secret.ToJsonString()}},{{good.ToJsonString()}}]}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);

        Rotate("--kid", "b");

        _folder.Read("jwks.json").Should().Contain("\"AQAB\"");
        ToolFiles.ModeOf(path).Should().Be(mode);
    }

    [Fact]
    public void Rotate_AcceptsTheModeOfTheFileThatALinkLeadsTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few users make links.");
        JsonObject key = TestTokenKey.Create("a", SignatureAlgorithm.ES256).ToJwk();
        string target = _folder.Write("set-1.json", $$"""{"keys":[{{key.ToJsonString()}}]}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["jwks.json"], target);

        Rotate("--kid", "b");

        ToolFiles.ModeOf(_folder["jwks.json"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Rotate_KeyFileOfAnother_IsLeftAlone()
    {
        New("a");
        _folder.Write("b-key.pem", "precious");

        CaCommands.Mistake("jwks", "rotate", "--kid", "b", "--folder", _folder.Path).Should().EndWith(
            "b-key.pem is there already; --force replaces it.");
        _folder.Read("b-key.pem").Should().Be("precious");
    }

    [Fact]
    public void UnusualKeyId_RequiresAFileName()
    {
        New("https://sso/1", "--name", "sso");

        File.Exists(_folder["sso-key.pem"]).Should().BeTrue();
        Show(_folder["jwks.json"]).Output.Should().Contain("https://sso/1");
    }

    [Fact]
    public void Show_ListsKeysAndWhySomeAreSkipped()
    {
        TestTokenKey key = TestTokenKey.Create("good", SignatureAlgorithm.ES256);
        JsonObject secret = TestTokenKey.Create("leaked", SignatureAlgorithm.ES384).ToJwk();
        secret["d"] = "AQAB";
        secret.Remove("alg");
        string path = _folder.Write("set", $$"""{"keys":[{{key.ToJwk().ToJsonString()}},{{secret.ToJsonString()}},{"kty":"oct","kid":"\u001b[2J","k":"AQAB"},{"kty":"OKP"}]}""");

        ToolResult result = Show(path);

        result.Output.Should().Be("""
            kid        type      alg
            good       EC P-256  ES256  usable
            leaked     EC P-384  any    passed over: it has private members: whoever reads the set could sign; make a new key
            \u{1B}[2J  oct       any    passed over: it is symmetric: whoever verifies with it could sign
            (none)     OKP       any    passed over: Ed25519 and Ed448 can't be verified with

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
        ToolResult twice = Show(_folder.Write("twice", $$"""{"keys":[{{key.ToJsonString()}},{{key.ToJsonString()}}]}"""));
        ToolResult none = ToolRun.Run(["jwks", "show", "-"], Encoding.UTF8.GetBytes("""{"keys":[{"kty":"oct","kid":"a","k":"AQAB"}]}"""));

        (twice.ExitCode, none.ExitCode).Should().Be((1, 1));
        twice.Output.Should().EndWith("\nrefused: two usable keys have one kid\n");
        none.Output.Should().EndWith("\nrefused: no key of it can be used\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"keys\":[")]
    [InlineData("{\"keys\":1}")]
    public void Show_NoKeySet_FailsWithOneLineError(string content)
    {
        string path = _folder.Write("set", content);

        CaCommands.Mistake("jwks", "show", path).Should().Be(
            $"certauth jwks show: {path}: That is no key set: strict JSON is wanted, {{\"keys\":[…]}} or one key.");
    }

    [Fact]
    public void MissingFile_FailsWithOneLineError()
    {
        CaCommands.Mistake("jwks", "show", _folder["none"]).Should().Be(
            $"certauth jwks show: {_folder["none"]} can't be read: there is no such file.");
        CaCommands.Mistake("jwks", "rotate", "--kid", "a", "--folder", _folder.Path).Should().Be(
            $"certauth jwks rotate: {_folder["jwks.json"]} can't be read: there is no such file.");
    }

    private ToolResult New(string kid, params string[] options) => CaCommands.Run(["jwks", "new", "--kid", kid, "--folder", _folder.Path, .. options]);

    private ToolResult Rotate(params string[] options) => CaCommands.Run(["jwks", "rotate", "--folder", _folder.Path, .. options]);

    private string Mint(string kid) => CaCommands.Run("token", "mint", "--key", _folder[$"{kid}-key.pem"], "--kid", kid, "--user", "alice").Output.TrimEnd('\n');

    private int Verify(string token) => ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], "--user", "alice"]).ExitCode;

    private static ToolResult Show(string path) => ToolRun.Run(["jwks", "show", path]);
}

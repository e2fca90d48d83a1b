using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Tokens;

public sealed class TokenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Algorithms => [.. Enum.GetNames<SignatureAlgorithm>().Where(name => name != "None")];

    [Theory, MemberData(nameof(Algorithms))]
    public void Verify_AcceptsAMintedToken(string algorithm)
    {
        NewKey(algorithm);
        string token = Mint("--alg", algorithm, "--email", "alice@db.example", "--issuer", "sso");

        ToolResult result = Verify(token, "--email", "alice@db.example", "--issuer", "sso");

        result.Output.Should().Be("verified: alice can log in\n");
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("--user", "bob", RejectionReason.TokenSubjectMismatch)]
    [InlineData("--email", "a@db.example", RejectionReason.TokenEmailMismatch)]
    [InlineData("--issuer", "sso", RejectionReason.TokenIssuerMismatch)]
    [InlineData("--at", "2026-11-21T11:59:59Z", RejectionReason.TokenIssuedInFuture)]
    [InlineData("--at", "2026-11-21T12:05:01Z", RejectionReason.TokenExpired)]
    public void Verify_PrintsTheFailedCheck(string option, string value, RejectionReason reason)
    {
        NewKey("ES256");
        string token = Mint("--issued-at", Samples.At, "--lifetime", "5m");
        string[] options = option == "--user" ? [] : ["--user", "alice"];
        string[] at = option == "--at" ? [] : ["--at", Samples.At];

        ToolResult result = ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], option, value, .. options, .. at]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex($"^rejected \\({(int)reason}\\): The .+\\.\nrequired +[^ ]");
        JsonObject json = ToolRun.Run(
            ["token", "verify", token, "--jwks", _folder["jwks.json"], option, value, .. options, .. at, "--format", "json"]).ReadJson();
        json["reason"].Text().Should().Be(reason.ToString());
    }

    [Fact]
    public void Verify_ReadsStandardInput_WithALineBreak()
    {
        NewKey("ES256");
        byte[] token = Encoding.ASCII.GetBytes(Mint() + "\r\n");

        ToolRun.Run(["token", "verify", "-", "--jwks", _folder["jwks.json"], "--user", "alice"], token).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Verify_RejectsTheSignature_WhenTheKidHasAnotherKey()
    {
        NewKey("ES256");
        string token = Mint();
        NewKey("ES256", "--force");

        Verify(token).Output.Should().StartWith("rejected (311): ");
    }

    [Fact]
    public void Mint_PrintsOnlyTheToken()
    {
        NewKey("RS256");
        string[] key = ["--key", _folder["k-key.pem"], "--kid", "k"];
        string[] args = ["token", "mint", .. key, "--user", "alice", "--issued-at", Samples.At, "--lifetime", "90s"];

        ToolResult result = ToolRun.Run(args);

        string[] parts = result.Output.TrimEnd('\n').Split('.');
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Should().Be("""{"alg":"RS256","kid":"k","typ":"JWT"}""");
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Should().Be(
            """{"sub":"alice","email":"","iat":1795262400,"exp":1795262490}""");
        ToolRun.Run([.. args, "--format", "json"]).ReadJson()["token"].Text().Should().Be(result.Output.TrimEnd('\n'));
    }

    [Fact]
    public void Decode_WarnsThatNothingIsVerified()
    {
        string token = $"{Encode("""{"alg":"none"}""")}.{Encode("""{"sub":"root","iat":1795262400}""")}.";

        ToolResult result = ToolRun.Run(["token", "decode", token]);

        result.Output.Should().Be("""
            NOT VERIFIED: anyone can write such a token. Use certauth token verify to verify it.
            header
            {
              "alg": "none"
            }
            payload
            {
              "sub": "root",
              "iat": 1795262400
            }
            iat        2026-11-21 12:00:00Z
            signature  0 bytes, not verified

            """);
        result.ExitCode.Should().Be(0);
        JsonObject json = ToolRun.Run(["token", "decode", token, "--format", "json"]).ReadJson();
        json["verified"]!.GetValue<bool>().Should().BeFalse();
        json["payload"]!["sub"].Text().Should().Be("root");
    }

    [Theory]
    [InlineData("{\"sub\":\"\\u001b[2J\\u202eroot\"}")]
    [InlineData("{\"sub\":\"\u202eroot\u0007\"}")]
    [InlineData("\u001b[2J\u202e")]
    [InlineData("{\"sub\":\"\\ud800\"}")]
    [InlineData("{\"sub\":\"a\",\"sub\":\"b\"}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("{\"iat\":1e999,\"exp\":-1,\"nbf\":\"x\"}")]
    [InlineData("7")]
    [InlineData("")]
    public void Decode_EscapesAHostilePayload(string payload)
    {
        string token = $"{Encode("{}")}.{Encode(payload)}.{Encode("x")}";

        ToolResult text = ToolRun.Run(["token", "decode", token]);
        ToolResult json = ToolRun.Run(["token", "decode", token, "--format", "json"]);

        (text.ExitCode, json.ExitCode).Should().Be((0, 0));
        text.Output.Should().StartWith("NOT VERIFIED");
        foreach (string output in (string[])[text.Output, json.Output])
            Assert.DoesNotContain(output, c => (char.IsControl(c) && c != '\n') || c == '\u202e' || char.IsSurrogate(c));
        json.ReadJson()["verified"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public void Decode_PrintsText_WhenThePayloadIsNotUtf8()
    {
        string token = $"{Encode("{}")}.{Base64Url.EncodeToString([0xFF, 0xFE])}.{Encode("x")}";

        ToolRun.Run(["token", "decode", token]).Output.Should().Contain(@"(not JSON) \u{FFFD}\u{FFFD}");
    }

    [Theory]
    [InlineData("a.b", "The input is not a token: it has 2 parts separated by dots, not 3 (header.payload.signature).")]
    [InlineData("a.b.c.d.e", "The input is not a token: it has 5 parts separated by dots, not 3 (header.payload.signature).")]
    [InlineData("!.e30.e30", "The input is not a token: its header is not base64url.")]
    [InlineData("e30.e30.%", "The input is not a token: its signature is not base64url.")]
    public void Decode_FailsWithOneLineError_WhenTheInputIsNotAToken(string token, string problem) =>
        CaCommands.RunWithError("token", "decode", token).Should().Be(
        $"certauth token decode: {problem}");

    [Fact]
    public void Decode_FailsWithOneLineError_WhenTheTokenIsTooLong() =>
        CaCommands.RunWithError("token", "decode", new string('a', 65537)).Should().Be(
        "certauth token decode: The token has 65537 characters; the maximum is 65536.");

    [Fact]
    public void Verify_FailsWithOneLineError_WhenTheJwkSetIsMissing() =>
        CaCommands.RunWithError("token", "verify", "a.b.c", "--jwks", _folder["none"], "--user", "alice")
        .Should().Be($"certauth token verify: {_folder["none"]} cannot be read: the file does not exist.");

    [Fact]
    public void Verify_FailsWithOneLineError_WhenTheJwkSetIsMalformed() =>
        CaCommands.RunWithError("token", "verify", "a.b.c", "--jwks", _folder.Write("x", "keys"), "--user", "alice").Should().Be(
            $"certauth token verify: {_folder["x"]}: The JWK set is not strict JSON, is nested more than 32 levels deep, or is neither "
            + "an object with a \"keys\" array (RFC 7517, 5) nor a single key.");

    [Fact]
    public void Mint_FailsWithOneLineError_WhenTheKeyIsEncrypted()
    {
        using RSA key = RSA.Create(2048);
        PbeParameters encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        string path = _folder.Write("k.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption));

        CaCommands.RunWithError("token", "mint", "--key", path, "--kid", "k", "--user", "alice").Should().Be(
            $"certauth token mint: {path} is encrypted; remove the passphrase first: openssl pkey -in {path} -out plain.pem");
    }

    [Fact]
    public void Mint_FailsWithOneLineError_WhenTheFileContainsNoKey()
    {
        string path = _folder.Write("k.pem", Samples.Ca.Pem);

        CaCommands.RunWithError("token", "mint", "--key", path, "--kid", "k", "--user", "alice").Should().Be(
            $"certauth token mint: {path} contains no private key: it has no BEGIN PRIVATE KEY line.");
    }

    [Fact]
    public void Mint_FailsWithOneLineError_WhenTheKeyDoesNotSuitTheAlgorithm()
    {
        string path = _folder.Write("k.pem", TestKey.Create().PrivateKeyPem);

        CaCommands.RunWithError("token", "mint", "--key", path, "--kid", "k", "--user", "alice", "--alg", "RS256").Should().Be(
            $"certauth token mint: {path}: The key cannot sign with RS256. "
            + "RS and PS algorithms need an RSA key; ES algorithms need a key on their curve.");
    }

    [Theory]
    [InlineData("--lifetime", "soon")]
    [InlineData("--issued-at", "yesterday")]
    [InlineData("--alg", "HS256")]
    [InlineData("--color", "blue")]
    public void Mint_PointsToTheHelp_WhenAnOptionIsInvalid(string option, string value)
    {
        ToolResult result = ToolRun.Run(["token", "mint", "--key", "k", "--kid", "k", "--user", "alice", option, value]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().EndWith("Try: certauth token mint --help\n");
    }

    private void NewKey(string algorithm, params string[] options) =>
        CaCommands.Run(["jwks", "new", "--kid", "k", "--alg", algorithm, "--folder", _folder.Path, .. options]);

    private string Mint(params string[] options) =>
        CaCommands.Run(["token", "mint", "--key", _folder["k-key.pem"], "--kid", "k", "--user", "alice", .. options]).Output.TrimEnd('\n');

    private ToolResult Verify(string token, params string[] options) =>
        ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], "--user", "alice", .. options]);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Tokens;

public sealed class TokenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Algorithms => [.. Enum.GetNames<SignatureAlgorithm>().Where(name => name != "None")];

    [Theory, MemberData(nameof(Algorithms))]
    public void MintedToken_Verifies(string algorithm)
    {
        NewKey(algorithm);
        string token = Mint("--alg", algorithm, "--email", "alice@db.example", "--issuer", "sso");

        ToolResult result = Verify(token, "--email", "alice@db.example", "--issuer", "sso");

        result.Output.Should().Be("verified: the token logs alice in\n");
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("--user", "bob", RejectionReason.TokenSubjectMismatch)]
    [InlineData("--email", "a@db.example", RejectionReason.TokenEmailMismatch)]
    [InlineData("--issuer", "sso", RejectionReason.TokenIssuerMismatch)]
    [InlineData("--at", "2026-11-21T11:59:59Z", RejectionReason.TokenIssuedInFuture)]
    [InlineData("--at", "2026-11-21T12:05:01Z", RejectionReason.TokenExpired)]
    public void Verify_SaysWhichCheckFailed(string option, string value, RejectionReason reason)
    {
        NewKey("ES256");
        string token = Mint("--issued-at", Samples.At, "--lifetime", "5m");
        string[] options = option == "--user" ? [] : ["--user", "alice"];
        string[] at = option == "--at" ? [] : ["--at", Samples.At];

        ToolResult result = ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], option, value, .. options, .. at]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex($"^rejected \\({(int)reason}\\): The .+\\.\nrequired +[^ ]");
        JsonObject json = ToolRun.Run(["token", "verify", token, "--jwks", _folder["jwks.json"], option, value, .. options, .. at, "--format", "json"]).ReadJson();
        json["reason"].Text().Should().Be(reason.ToString());
    }

    [Fact]
    public void Verify_ReadsStandardInput_LineEndIncluded()
    {
        NewKey("ES256");
        byte[] token = Encoding.ASCII.GetBytes(Mint() + "\r\n");

        ToolRun.Run(["token", "verify", "-", "--jwks", _folder["jwks.json"], "--user", "alice"], token).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Verify_OtherKeyOfTheKid_IsABadSignature()
    {
        NewKey("ES256");
        string token = Mint();
        NewKey("ES256", "--force");

        Verify(token).Output.Should().StartWith("rejected (311): ");
    }

    [Fact]
    public void Mint_PrintsTheTokenAlone_AndTheClaimsAsked()
    {
        NewKey("RS256");
        string[] args = ["token", "mint", "--key", _folder["k-key.pem"], "--kid", "k", "--user", "alice", "--issued-at", Samples.At, "--lifetime", "90s"];

        ToolResult result = ToolRun.Run(args);

        string[] parts = result.Output.TrimEnd('\n').Split('.');
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Should().Be("""{"alg":"RS256","kid":"k","typ":"JWT"}""");
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Should().Be(
            """{"sub":"alice","email":"","iat":1795262400,"exp":1795262490}""");
        ToolRun.Run([.. args, "--format", "json"]).ReadJson()["token"].Text().Should().Be(result.Output.TrimEnd('\n'));
    }

    [Fact]
    public void Decode_SaysFirstThatNothingIsVerified()
    {
        string token = $"{Encode("""{"alg":"none"}""")}.{Encode("""{"sub":"root","iat":1795262400}""")}.";

        ToolResult result = ToolRun.Run(["token", "decode", token]);

        result.Output.Should().Be("""
            NOT VERIFIED: anybody can write such a token. certauth token verify decides.
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
            signature  0 octets, not checked

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
    public void Decode_HostilePayload_MovesNoCursorAndThrowsNothing(string payload)
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
    public void Decode_PayloadThatIsNotUtf8_IsShownAsText()
    {
        string token = $"{Encode("{}")}.{Base64Url.EncodeToString([0xFF, 0xFE])}.{Encode("x")}";

        ToolRun.Run(["token", "decode", token]).Output.Should().Contain(@"(not JSON) \u{FFFD}\u{FFFD}");
    }

    [Theory]
    [InlineData("a.b", "That is no token: it has 2 parts joined by dots, not 3 (header.payload.signature).")]
    [InlineData("a.b.c.d.e", "That is no token: it has 5 parts joined by dots, not 3 (header.payload.signature).")]
    [InlineData("!.e30.e30", "That is no token: its header isn't base64url.")]
    [InlineData("e30.e30.%", "That is no token: its signature isn't base64url.")]
    public void Decode_NoToken_FailsWithOneLineError(string token, string problem) => CaCommands.Mistake("token", "decode", token).Should().Be(
        $"certauth token decode: {problem}");

    [Fact]
    public void HugeToken_FailsWithOneLineError() => CaCommands.Mistake("token", "decode", new string('a', 65537)).Should().Be(
        "certauth token decode: The token has 65537 characters; at most 65536 are read.");

    [Fact]
    public void MissingKeySet_FailsWithOneLineError() => CaCommands.Mistake("token", "verify", "a.b.c", "--jwks", _folder["none"], "--user", "alice")
        .Should().Be($"certauth token verify: {_folder["none"]} can't be read: there is no such file.");

    [Fact]
    public void KeySetThatIsNone_FailsWithOneLineError() =>
        CaCommands.Mistake("token", "verify", "a.b.c", "--jwks", _folder.Write("x", "keys"), "--user", "alice").Should().Be(
            $"certauth token verify: {_folder["x"]}: That is no key set: strict JSON is wanted, {{\"keys\":[…]}} or one key.");

    [Fact]
    public void EncryptedKey_FailsWithOneLineError()
    {
        using RSA key = RSA.Create(2048);
        string path = _folder.Write("k.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        CaCommands.Mistake("token", "mint", "--key", path, "--kid", "k", "--user", "alice").Should().Be(
            $"certauth token mint: {path} is encrypted; write the key without a passphrase: openssl pkey -in {path} -out plain.pem");
    }

    [Fact]
    public void CertificateInPlaceOfAKey_FailsWithOneLineError()
    {
        string path = _folder.Write("k.pem", Samples.Ca.Pem);

        CaCommands.Mistake("token", "mint", "--key", path, "--kid", "k", "--user", "alice").Should().Be(
            $"certauth token mint: {path} has no private key: there is no BEGIN PRIVATE KEY in it.");
    }

    [Fact]
    public void KeyThatDoesNotFitTheAlgorithm_FailsWithOneLineError()
    {
        string path = _folder.Write("k.pem", TestKey.Create().PrivateKeyPem);

        CaCommands.Mistake("token", "mint", "--key", path, "--kid", "k", "--user", "alice", "--alg", "RS256").Should().Be(
            $"certauth token mint: {path}: The key cannot sign with RS256. "
            + "RS and PS algorithms need an RSA key; ES algorithms need a key on their curve.");
    }

    [Theory]
    [InlineData("--lifetime", "soon")]
    [InlineData("--issued-at", "yesterday")]
    [InlineData("--alg", "HS256")]
    [InlineData("--colour", "blue")]
    public void BadOption_SaysWhereTheHelpIs(string option, string value)
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

using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Forwarding;

public sealed class CertInfoTests : IDisposable
{
    private const string Challenge = "AQIDBAUGBwgJCgsMDQ4PEBESExQ=";

    private readonly TempFolder _folder = new();

    public CertInfoTests()
    {
        _folder.CreateCa();
        _folder.IssueAlice("--san", "DNS:alice.example,URI:spiffe://example/alice");
        _folder.Issue("client", "--subject", "/CN=proxy-1", "--name", "proxy");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.3", "TLS_AES_256_GCM_SHA384", "TLSv1.3", "TLS_AES_256_GCM_SHA384")]
    [InlineData("1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256")]
    public void Verify_AcceptsIssuedInfo(string tls, string cipher, string version, string opensslName)
    {
        byte[] token = Issue("--tls", tls, "--cipher", cipher);

        ToolResult result = ToolRun.Run([.. CreateVerifyArguments("alice"), "-"], token);

        result.Output.Should().Be($"""
            verified
            subject  /C=US/O=Example/CN=alice
            issuer   /C=US/O=Example/CN=ca
            names    DNS:alice.example
                     URI:spiffe://example/alice
            SHA-256  {Convert.ToHexStringLower(ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).Sha256.Span)}
            TLS      {version}
            cipher   {opensslName}

            """);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Issue_PrintsBothAttributes()
    {
        string[] lines = CaCommands.Run([.. CreateIssueArguments()]).Output.Split('\n');

        lines[0].Should().StartWith("""tiproxy-cert-info       {"subject":"/C=US/O=Example/CN=alice",""");
        lines[1].Should().StartWith("tiproxy-cert-signature  v1.");
        ToolRun.Run([.. CreateVerifyArguments("alice"), "--info", lines[0][24..], "--signature", lines[1][24..]]).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Verify_AcceptsAProxyKey_OnlyWithItsCa()
    {
        string token = _folder.Write("token.json", Issue("--own-key"));

        ToolRun.Run([.. CreateVerifyArguments("alice"), token, "--ca", _folder["ca-cert.pem"]]).ExitCode.Should().Be(0);
        ToolResult other = ToolRun.Run([.. CreateVerifyArguments("alice"), token]);
        other.ExitCode.Should().Be(1);
        other.Output.Should().StartWith("rejected (406): ");
    }

    [Fact]
    public void Verify_RejectsAProxyKey_OfAnotherSigner()
    {
        _folder.Issue("client", "--subject", "/CN=proxy-2", "--name", "other");
        string token = _folder.Write("token.json", Issue("--own-key"));
        string[] arguments =
            ["cert-info", "verify", token, "--signer", _folder["other-cert.pem"], "--ca", _folder["ca-cert.pem"], "--user", "alice"];
        ToolResult result = ToolRun.Run([.. arguments, "--challenge", Challenge]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().StartWith("rejected (409): ");
    }

    [Theory]
    [InlineData("bob", Challenge, 0, RejectionReason.ForwardedInfoUserMismatch)]
    [InlineData("alice", "AAAAAAAAAAAAAAAAAAAAAAAAAAA", 0, RejectionReason.ForwardedInfoChallengeMismatch)]
    [InlineData("alice", Challenge, 95, RejectionReason.ForwardedInfoExpired)]
    public void Verify_PrintsTheFailedCheck(string user, string challenge, int secondsLater, RejectionReason reason)
    {
        byte[] token = Issue();
        FixedClock clock = new(TimeProvider.System.GetUtcNow().AddSeconds(secondsLater));
        string[] arguments =
            ["cert-info", "verify", "-", "--signer", _folder["proxy-cert.pem"], "--user", user, "--challenge", challenge];
        ToolResult result = ToolRun.Run([.. arguments, "--format", "json"], token, clock);

        result.ExitCode.Should().Be(1);
        JsonObject json = result.ReadJson();
        json["reason"].Text().Should().Be(reason.ToString());
        json["verified"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public void Verify_RejectsTheSignature_WhenTheInfoWasChanged()
    {
        JsonObject token = JsonNode.Parse(Issue())!.AsObject();
        string info = token["tiproxy-cert-info"].Text()!.Replace("CN=alice", "CN=admin", StringComparison.Ordinal);
        ToolResult result = ToolRun.Run(
            [.. CreateVerifyArguments("alice"), "--info", info, "--signature", token["tiproxy-cert-signature"].Text()!]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().StartWith("rejected (410): ");
    }

    [Fact]
    public void Issue_PrintsNoToken_WhenTheClientCertificateIsRejected()
    {
        _folder.Write("stranger.pem", TestCertificateAuthority.Create(TestName.Of(("CN", "other"))).IssueClient(Samples.Alice).Pem);
        ToolResult result = ToolRun.Run([.. CreateIssueArguments("stranger.pem")]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().StartWith("rejected (202): ");
    }

    [Fact]
    public void At_SetsTheTimeOfTheToken()
    {
        string at = TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        byte[] token = Issue("--at", at);

        ToolRun.Run([.. CreateVerifyArguments("alice"), "-"], token).ExitCode.Should().Be(1);
        ToolRun.Run([.. CreateVerifyArguments("alice"), "-", "--at", at], token).ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("--challenge", "AQID", "--challenge: A challenge has 16 to 32 bytes (MySQL: 20), not 3.")]
    [InlineData("--challenge", "!", "--challenge: The challenge is not base64.")]
    [InlineData("--cipher", "TLS_NULL", "--cipher:")]
    public void Issue_FailsWithOneLineError_WhenAnOptionIsInvalid(string option, string value, string problem)
    {
        string[] args = [.. CreateIssueArguments()];
        int at = Array.IndexOf(args, option);
        args = at < 0 ? [.. args, option, value] : [.. args[..at], option, value, .. args[(at + 2)..]];

        CaCommands.RunWithError(args).Should().StartWith($"certauth cert-info issue: {problem}");
    }

    [Fact]
    public void Issue_AcceptsTheTlsVersion_AsItIsPrinted()
    {
        byte[] token = Issue("--tls", "TLSv1.2");

        ToolResult result = CaCommands.Run([.. CreateVerifyArguments("alice"), _folder.Write("token.json", token)]);
        result.Output.Should().Contain("\nTLS      TLSv1.2\n");
    }

    [Fact]
    public void Issue_FailsWithOneLineError_WhenAFileIsInvalid()
    {
        _folder.Write("empty.pem", "");
        _folder.Write("encrypted-key.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n");
        _folder.Write("other-key.pem", TestKey.Create().PrivateKeyPem);

        CaCommands.RunWithError([.. CreateIssueArguments("none.pem")])
            .Should().EndWith("none.pem cannot be read: the file does not exist.");
        CaCommands.RunWithError([.. CreateIssueArguments("empty.pem")])
            .Should().EndWith("empty.pem contains no certificate; expected PEM or DER.");
        CaCommands.RunWithError([.. CreateIssueArguments(key: "encrypted-key.pem")]).Should().Contain("encrypted-key.pem is encrypted");
        CaCommands.RunWithError([.. CreateIssueArguments(key: "other-key.pem")]).Should().Contain(
            $"The private key in {_folder["other-key.pem"]} does not belong to the first certificate in {_folder["proxy-cert.pem"]}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("{\"tiproxy-cert-info\":\"\\ud800\",\"tiproxy-cert-signature\":\"v1.\"}")]
    public void Verify_FailsWithOneLineError_WhenTheFileIsMalformed(string content)
    {
        string path = _folder.Write("token.json", content);

        CaCommands.RunWithError([.. CreateVerifyArguments("alice"), path]).Should().Be(
            $"certauth cert-info verify: {path} is not the output of certauth cert-info issue --format json: expected a JSON object with "
            + "tiproxy-cert-info and tiproxy-cert-signature.");
    }

    [Fact]
    public void Verify_FailsWithOneLineError_WhenAnAttributeIsMissing() =>
        CaCommands.RunWithError([.. CreateVerifyArguments("alice"), "--info", "{}"]).Should().Be(
        "certauth cert-info verify: Specify FILE, or both --info and --signature.");

    private byte[] Issue(params string[] options) =>
        Encoding.UTF8.GetBytes(CaCommands.Run([.. CreateIssueArguments(), "--format", "json", .. options]).Output);

    private IEnumerable<string> CreateIssueArguments(string client = "alice-cert.pem", string key = "proxy-key.pem") =>
    [
        "cert-info", "issue", "--client", _folder[client], "--ca", _folder["ca-cert.pem"], "--user", "alice", "--challenge", Challenge,
        "--cert", _folder["proxy-cert.pem"], "--key", _folder[key],
    ];

    private IEnumerable<string> CreateVerifyArguments(string user) =>
        ["cert-info", "verify", "--signer", _folder["proxy-cert.pem"], "--user", user, "--challenge", Challenge];
}

using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly string _ca;
    private readonly string _alice;

    public CheckTests() =>
        (_ca, _alice) = (_folder.Write("ca.pem", Samples.Ca.Pem), _folder.Write("alice.pem", Samples.AliceCertificate.Pem));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_PrintsEveryCheck_WhenTheLoginIsAccepted()
    {
        ToolResult result = Check("SUBJECT '/C=US/O=Example/CN=alice' AND SAN 'DNS:ALICE.example'");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain("path         verified\n  anchor     /C=US/O=Example/CN=Example CA, EC P-256, until 2036-11-21\n");
        result.Output.Should().Contain("subject      met");
        result.Output.Should().Contain(
            "names        met\n  required   DNS:ALICE.example\n  presented  DNS:alice.example,URI:spiffe://example/alice\n");
        result.Output.Should().EndWith("\naccepted\n");
    }

    [Fact]
    public void Check_PrintsTheDifference_WhenTheLoginIsRejected()
    {
        ToolResult result = Check("SUBJECT '/C=US/O=Example/CN=bob' AND SAN 'DNS:alice.example'");

        (result.ExitCode, result.Error).Should().Be((1, ""));
        result.Output.Should().Contain(
            "  required    /C=US/O=Example/CN=bob\n  presented   /C=US/O=Example/CN=alice\n  difference  RDN 3:");
        result.Output.Should().Contain("\nnames         met\n");
        result.Output.Should().EndWith("\nrejected (106): The subject of the client certificate does not match.\n");
    }

    [Theory]
    [InlineData("X509", "1.3", "TLS_AES_256_GCM_SHA384", 0)]
    [InlineData("NONE", "1.3", "TLS_AES_256_GCM_SHA384", 0)]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'", "1.3", "TLS_AES_128_GCM_SHA256", 0)]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'", "1.3", "TLS_AES_256_GCM_SHA384", 1)]
    [InlineData("CIPHER 'ECDHE-RSA-AES128-GCM-SHA256'", "1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0)]
    public void Check_UsesTheTlsOptions(string clause, string tls, string cipher, int exitCode) =>
        Check(clause, "--tls", tls, "--cipher", cipher).ExitCode.Should().Be(exitCode);

    // MySQL, OpenSSL and this tool print TLSv1.2.
    [Theory]
    [InlineData("TLSv1.2", "TLSv1.2")]
    [InlineData("tlsv1.3", "TLSv1.3")]
    [InlineData("1.2", "TLSv1.2")]
    public void Tls_AcceptsTheVersion_AsItIsPrinted(string version, string printed)
    {
        ToolResult result = Check("SSL", "--tls", version);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain($"  presented  {printed}\n");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("TLSv1")]
    [InlineData("TLS\u001b[2J")]
    public void Tls_FailsWithOneLineError_ForAnotherVersion(string version)
    {
        ToolResult result = Check("SSL", "--tls", version);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth: --tls: Expected 1.2, 1.3, TLSv1.2 or TLSv1.3, not ").And.NotContain("\u001b");
    }

    // No server negotiates such a connection, so neither verdict would be correct.
    [Theory]
    [InlineData("1.3", "ECDHE-RSA-AES128-GCM-SHA256", "specify --tls 1.2")]
    [InlineData("1.2", "TLS_AES_128_GCM_SHA256", "specify --tls 1.3")]
    [InlineData("1.2", "TLS_RSA_WITH_NULL_SHA256", "no server negotiates it")]
    public void Cipher_FailsWithOneLineError_WhenNoServerNegotiatesIt(string tls, string cipher, string problem)
    {
        ToolResult result = Check("X509", "--tls", tls, "--cipher", cipher);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().Contain(problem);
    }

    [Fact]
    public void Cipher_HasAnotherDefault_ForTls12() =>
        Check("CIPHER 'TLS_AES_256_GCM_SHA384'", "--tls", "1.2").ExitCode.Should().Be(1);

    [Fact]
    public void Check_PrintsTheTlsVersion() => Check("SSL", "--tls", "1.2", "--cipher", "ECDHE-RSA-AES128-GCM-SHA256").Output
        .Should().Contain("  presented  TLSv1.2\n");

    // By default, a server ends the handshake if the certificate is not verified, whatever the account requires.
    [Theory]
    [InlineData("X509")]
    [InlineData("NONE")]
    public void Check_RejectsACertificate_OfAnotherCa(string clause)
    {
        _folder.Write("ca.pem", Samples.CreateCa("Another CA").Pem);

        JsonObject result = Check(clause, "--format", "json").ReadJson();

        (result["decision"].Text(), result["reason"].Text()).Should().Be(("rejected", "UntrustedIssuer"));
        result["path"]!["verified"]!.GetValue<bool>().Should().BeFalse();
        Check(clause).ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("2027-11-21T12:00:00Z", 0, "accepted")]
    [InlineData("2027-11-21T12:00:01Z", 1, "rejected (204): A certificate has expired.")]
    [InlineData("2026-11-21", 1, "rejected (205): A certificate is not yet valid.")]
    public void At_SetsTheTime(string at, int exitCode, string decision)
    {
        ToolResult result = ToolRun.Run(["check", _alice, "--ca", _ca, "--require", "X509", "--at", at]);

        result.ExitCode.Should().Be(exitCode);
        result.Output.Should().EndWith($"\n{decision}\n");
    }

    [Fact]
    public void Check_UsesIntermediates_OfTheFileOrTheOption()
    {
        TestCertificateAuthority intermediate = Samples.Ca.IssueIntermediate(TestName.Of(("CN", "Intermediate")));
        TestCertificate bob = intermediate.IssueClient(TestName.Of(("CN", "bob")));
        string leaf = _folder.Write("bob.pem", bob.Pem);
        string chain = _folder.Write("chain.pem", bob.PemWithChain);
        string other = _folder.Write("intermediate.pem", intermediate.Pem);

        Run(leaf, "X509").ExitCode.Should().Be(1);
        Run(chain, "X509").ExitCode.Should().Be(0);
        Run(leaf, "X509", "--intermediates", other).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Check_ReportsThatTokenIssuerIsNotChecked() =>
        Check("TOKEN_ISSUER 'issuer'").Output.Should().Contain("TOKEN_ISSUER applies to the token and is not checked here");

    [Fact]
    public void Check_PointsToTheError_WhenTheClauseIsMalformed() => Check("SUBJECT '/XX=a'").Should().Be(new ToolResult(
        2,
        "",
        "certauth check: SUBJECT: The attribute type at index 10 is unknown. Write a short name such as CN, or a dotted OID.\n"
        + "  SUBJECT '/XX=a'\n            ^\n"));

    [Theory]
    [InlineData("TLS_AES_256_GCM_SHA385", "TLS_AES_256_GCM_SHA384")]
    [InlineData("AES", "the nearest name of a suite in use today is TLS_AES_256_GCM_SHA384.")]
    [InlineData("RC4", "the nearest name of a suite in use today is ECDHE-RSA-AES256-GCM-SHA384.")]
    [InlineData("DHE-RSA-AES256-GCM-SHA385", "ECDHE-RSA-AES256-GCM-SHA384")]
    public void Cipher_SuggestsTheNearestName_WhenItIsUnknown(string cipher, string nearest)
    {
        ToolResult result = Check("X509", "--cipher", cipher);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth check: --cipher: ");
        result.Error.Should().Contain(nearest);
    }

    [Fact]
    public void Check_FailsWithOneLineError_WhenTheFileIsNotABundle()
    {
        _folder.Write("ca.pem", Samples.Ca.Certificate.PrivateKeyPem);

        Check("X509").Should().Be(
            new ToolResult(
                2,
                "",
                $"certauth check: {_ca}: PEM block 1 at line 1 contains a private key. "
                + "Keep private keys out of a file of CA certificates.\n"));
    }

    [Fact]
    public void Check_FailsWithOneLineError_WhenTheFileIsNotARevocationList()
    {
        ToolResult result = Check("X509", "--crl", _alice);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth check: --crl: PEM block 1 at line 1 of revocation list file 1 cannot be used.");
    }

    [Fact]
    public void Check_PointsToTheHelp_WhenAnOptionIsMissing()
    {
        ToolResult result = ToolRun.Run(["check", _alice, "--ca", _ca]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Be("certauth: Option '--require' is required.\nTry: certauth check --help\n");
    }

    private ToolResult Check(string clause, params string[] options) => Run(_alice, clause, options);

    private ToolResult Run(string certificate, string clause, params string[] options) =>
        ToolRun.Run(["check", certificate, "--ca", _ca, "--require", clause, "--at", Samples.At, .. options]);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Commands;

public sealed class ShowTests
{
    [Fact]
    public void Show_PrintsTheFactsAndTheClause()
    {
        ToolResult result = Show(Samples.AliceCertificate.Pem.Bytes());

        (result.ExitCode, result.Error).Should().Be((0, ""));
        string[] lines = result.Output.Split('\n');
        lines[0].Should().Be("subject     /C=US/O=Example/CN=alice");
        lines[1].Should().Be("issuer      /C=US/O=Example/CN=Example CA");
        lines[2].Should().Be("names       DNS:alice.example");
        lines[3].Should().Be("            URI:spiffe://example/alice");
        lines[4].Should().Be("valid from  2026-11-21 11:00:00Z");
        lines[5].Should().Be("until       2027-11-21 12:00:00Z");
        lines[6].Should().Be("key         EC P-256");
        lines[7].Should().Be("signature   ECDSA with SHA-256");
        lines[9].Should().Be($"SHA-256     {Convert.ToHexStringLower(SHA256.HashData(Samples.AliceCertificate.Der.Span))}");
        lines[10..].Should().Equal(
            "", "REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SUBJECT '/C=US/O=Example/CN=alice' SAN 'DNS:alice.example,URI:spiffe://example/alice'", "");
    }

    [Fact]
    public void Show_ReadsPemBehindAKeyAndDerAlike()
    {
        string expected = Show(Samples.AliceCertificate.Pem.Bytes()).Output;

        Show(Samples.AliceCertificate.Der.ToArray()).Output.Should().Be(expected);
        Show(Encoding.Latin1.GetBytes($"Andr\u00E9's\r\n{Samples.AliceCertificate.PrivateKeyPem}\n{Samples.AliceCertificate.Pem}{Samples.Ca.Pem}")).Output.Should().Be(expected);
    }

    [Theory]
    [InlineData("openssl3", @"/C=US/O=Ex\xC3\xA4mple/UID=u")]
    [InlineData("tidb", "/C=US/O=Ex\u00E4mple")]
    [InlineData("canonical", "/C=US/O=Ex\u00E4mple/UID=u")]
    public void NameForm_ChangesHowNamesAreShownAndNotTheClause(string format, string subject)
    {
        byte[] certificate = Issue(TestName.Of(("C", "US"), ("O", "Ex\u00E4mple"), ("UID", "u")));

        string[] lines = Show(certificate, "--name-form", format).Output.Split('\n');

        lines[0].Should().Be($"subject     {subject}");
        lines.Should().Contain("REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SUBJECT '/C=US/O=Ex\u00E4mple/UID=u'");
    }

    public static TheoryData<string, string> Warned { get; } = new()
    {
        { "malformed_subject", "subject with bad UTF-8" },
        { "empty_subject", "no subject, a DNS name" },
        { "ambiguous_subject", "backslash" },
        { "ambiguous_subject", "UID" },
        { "ambiguous_subject", "BMPString" },
        { "malformed_san", "malformed SAN" },
        { "repeated_san", "SAN twice" },
        { "san_left_out", "e-mail address" },
        { "san_wildcard", "URI with a star" },
        { "not_yet_valid", "from tomorrow" },
        { "expired", "until yesterday" },
        { "expires_soon", "until next week" },
        { "weak_key", "RSA 1024" },
        { "old_version", "version 1" },
        { "ca_certificate", "CA" },
        { "not_for_clients", "server's" },
    };

    [Theory, MemberData(nameof(Warned))]
    public void Show_WarnsOfSurprises(string warning, string certificate)
    {
        JsonObject shown = Show(Make(certificate), "--format", "json").ReadJson();

        shown["warnings"].Texts("kind").Should().Contain(warning);
        foreach (string text in shown["warnings"].Texts("text"))
            Show(Make(certificate)).Output.Split('\n').Should().Contain($"warning: {text}");
    }

    [Fact]
    public void Show_PrintsNoWarning_ForAnOrdinaryCertificate() =>
        Show(Samples.AliceCertificate.Der.ToArray(), "--format", "json").ReadJson()["warnings"]!.AsArray().Should().BeEmpty();

    [Theory]
    [InlineData("subject with bad UTF-8", "No clause: its subject is malformed")]
    [InlineData("no name at all", "No clause: its subject is empty, and it has no name that SAN can require.")]
    [InlineData("malformed SAN", "No clause: its subject alternative names are malformed")]
    [InlineData("SAN twice", "No clause: its subject alternative names are malformed")]
    public void CertificateWithoutRequirableNames_HasNoClause(string certificate, string expected)
    {
        ToolResult result = Show(Make(certificate));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain(expected);
        result.Output.Should().NotContain("REQUIRE");
        Show(Make(certificate), "--format", "json").ReadJson()["clause"].Should().BeNull();
    }

    [Fact]
    public void EmptySubject_IsAccepted_WithOtherNames() => Show(Make("no subject, a DNS name")).Output.Split('\n')
        .Should().Contain("REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SAN 'DNS:db.example'");

    // Trojan Source in a name: what is copied from the terminal is still the name, and what is seen isn't reversed.
    [Fact]
    public void ClauseOnATerminal_IsEscapedAndEquivalent()
    {
        byte[] certificate = Issue(TestName.Of(("CN", "ab\u202Edc\u2066\n\u001B[31m'x")));

        ToolResult result = Show(certificate);

        Assert.DoesNotContain(result.Output, c => c is '\u202E' or '\u2066' or '\u001B');
        string clause = result.Output.Split('\n').Single(line => line.StartsWith("REQUIRE", StringComparison.Ordinal));
        LoginRequirement raw = LoginRequirement.Parse(Show(certificate, "--format", "json").ReadJson()["clause"].Text()!);
        LoginRequirement.Parse(clause).Should().Be(raw);
        raw.Subject.Should().Be(DistinguishedName.Parse(@"/CN=ab\xE2\x80\xAEdc\xE2\x81\xA6\x0A\x1B[31m'x"));
    }

    public static TheoryData<string, string> Useless { get; } = new()
    {
        { "", "has no certificate" },
        { "hello\n", "has no certificate" },
        { Samples.AliceCertificate.PrivateKeyPem, "has a private key and no certificate" },
        { "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "has an encrypted private key and no certificate" },
        { "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n", "has an encrypted private key and no certificate" },
        { Samples.AliceCertificate.Pem[..^40], "whose PEM is broken" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "that can't be read" },
        { "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "has no certificate" },
        { "0\u0001x", "that can't be read" },
    };

    [Theory, MemberData(nameof(Useless))]
    public void FileWithoutCertificate_FailsWithOneLineError(string content, string expected)
    {
        ToolResult result = Show(content.Bytes());

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth show: standard input ");
        result.Error.Should().Contain(expected);
        result.Error.IndexOf('\n', StringComparison.Ordinal).Should().Be(result.Error.Length - 1);
    }

    // Whatever a file holds, there is an answer: no octet of a certificate, changed, makes the tool throw.
    [Fact]
    public void DamagedCertificate_IsShownOrRejected()
    {
        byte[] certificate = Samples.Ca.IssueClient(Samples.Alice, TestSan.Dns("a.example"), TestSan.Email("a@example")).Der.ToArray();
        int rejected = 0;
        for (int i = 0; i < certificate.Length; i++)
        {
            foreach (byte change in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] damaged = [.. certificate];
                damaged[i] ^= change;
                ToolResult result = Show(damaged);
                (result.ExitCode == 0 ? result.Error.Length == 0 : result.ExitCode == 2 && result.Output.Length == 0)
                    .Should().BeTrue(result.Error);
                rejected += result.ExitCode == 2 ? 1 : 0;
            }
        }

        rejected.Should().BeInRange(1, (3 * certificate.Length) - 1);
    }

    [Theory]
    [InlineData("/nowhere/client.pem", "/nowhere/client.pem can't be read: there is no such file.")]
    [InlineData("/nowhere/\u001B[31m\n", @"/nowhere/\u{1B}[31m\u{A} can't be read: there is no such file.")]
    [InlineData("", "a file without a name can't be read: there is no such file.")]
    [InlineData("/", "/ can't be read: it may not be read, or is a folder.")]
    public void FileThatCannotBeRead_FailsWithOneLineError(string path, string problem) =>
        ToolRun.Run(["show", path]).Should().Be(new ToolResult(2, "", $"certauth show: {problem}\n"));

    [Fact]
    public void BadTime_FailsWithOneLineError()
    {
        ToolResult result = ToolRun.Run(["show", "x.pem", "--at", "tomorrow"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("--at takes a date or a time in UTC, such as 2026-11-21T12:00:00Z, not tomorrow.");
    }

    private static ToolResult Show(byte[] certificate, params string[] options) => ToolRun.Run(["show", "-", "--at", Samples.At, .. options], certificate);

    private static byte[] Issue(TestName subject, params TestSan[] sans) => Samples.Ca.IssueClient(subject, sans).Der.ToArray();

    private static byte[] Make(string what)
    {
        TestCertificateRequest alice = new() { Subject = Samples.Alice };
        TestExtension san = new("2.5.29.17", critical: false, TestSan.Encode(TestSan.Dns("a.example")));
        TestCertificateRequest request = what switch
        {
            "subject with bad UTF-8" => alice with { Subject = TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x0C, [0xFF]))) },
            "no name at all" => alice with { Subject = TestName.Of() },
            "no subject, a DNS name" => alice with { Subject = TestName.Of(), Sans = [TestSan.Dns("db.example")] },
            "backslash" => alice with { Subject = TestName.Of(("O", @"x\"), ("CN", "admin")) },
            "UID" => alice with { Subject = TestName.Of(("UID", "evil"), ("O", "Example"), ("CN", "admin")) },
            "BMPString" => alice with { Subject = TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", "\u626F\u6273", TestStringType.Bmp))) },
            "malformed SAN" => alice with { Sans = [TestSan.Raw(0x87, [1, 2, 3])] },
            "SAN twice" => alice with { Extensions = [san, san] },
            "e-mail address" => alice with { Sans = [TestSan.Email("alice@example"), TestSan.Dns("alice.example")] },
            "URI with a star" => alice with { Sans = [TestSan.Uri("spiffe://example/*/alice")] },
            "from tomorrow" => alice with { NotBefore = Samples.Now.AddDays(1) },
            "until yesterday" => alice with { NotBefore = Samples.Now.AddDays(-2), NotAfter = Samples.Now.AddDays(-1) },
            "until next week" => alice with { NotAfter = Samples.Now.AddDays(7) },
            "RSA 1024" => alice with { KeyType = TestKeyType.Rsa1024 },
            "version 1" => alice with { Version = TestCertificateVersion.V1 },
            "CA" => alice with { IsCa = true },
            "server's" => alice with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such certificate."),
        };
        return Samples.Ca.Issue(request).Der.ToArray();
    }
}

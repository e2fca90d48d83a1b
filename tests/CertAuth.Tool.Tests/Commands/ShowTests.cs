using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class ShowTests
{
    [Fact]
    public void Show_PrintsTheFieldsAndTheClause()
    {
        ToolResult result = Show(Samples.AliceCertificate.Pem.ToUtf8());

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
            "",
            "REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SUBJECT '/C=US/O=Example/CN=alice' "
            + "SAN 'DNS:alice.example,URI:spiffe://example/alice'",
            "",
            "Options that pin the certificate or its key:",
            $"CERTIFICATE '{Pins.Of(Samples.AliceCertificate)}'",
            $"PUBLIC_KEY '{Pins.Of(Samples.AliceCertificate.Key)}'",
            "");
    }

    [Fact]
    public void Show_PrintsIssuerKey_ForTheCertificateOfACa()
    {
        ToolResult result = Show(Samples.Ca.Der.ToArray());

        result.Output.Should().Contain($"\nThe option that requires this CA as the issuer:\nISSUER_KEY '{Pins.Of(Samples.Ca.Key)}'\n");
        result.Output.Should().NotContain("PUBLIC_KEY").And.NotContain("CERTIFICATE");
    }

    // A clause of the printed options only.
    [Fact]
    public void Check_AcceptsTheCertificate_WithThePrintedOptions()
    {
        using TempFolder folder = new();
        string[] files = [folder.Write("alice.pem", Samples.AliceCertificate.Pem), folder.Write("ca.pem", Samples.Ca.Pem)];
        string[] pins = [.. files.SelectMany(file => ToolRun.Run(["show", file, "--at", Samples.At, "--format", "json"])
            .ReadJson()["pins"]!.AsArray().Select(pin => pin.Text()!))];

        pins.Select(pin => pin.Split(' ')[0]).Should().Equal("CERTIFICATE", "PUBLIC_KEY", "ISSUER_KEY");
        ToolResult result = ToolRun.Run(
            ["check", files[0], "--ca", files[1], "--require", string.Join(' ', pins), "--at", Samples.At]);
        result.ExitCode.Should().Be(0, result.Output);
    }

    [Fact]
    public void Show_RequiresAnEmailAddress_WhenItIsTheOnlyName() => Show(CreateCertificate("no subject, an e-mail address")).Output
        .Should().Contain("\nREQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SAN 'EMAIL:alice@example.com'\n");

    [Fact]
    public void Show_ReadsPemAndDer()
    {
        string expected = Show(Samples.AliceCertificate.Pem.ToUtf8()).Output;

        Show(Samples.AliceCertificate.Der.ToArray()).Output.Should().Be(expected);
        string chain = $"Andr\u00E9's\r\n{Samples.AliceCertificate.PrivateKeyPem}\n{Samples.AliceCertificate.Pem}{Samples.Ca.Pem}";
        Show(Encoding.Latin1.GetBytes(chain)).Output.Should().Be(expected);
    }

    [Theory]
    [InlineData("openssl3", @"/C=US/O=Ex\xC3\xA4mple/UID=u")]
    [InlineData("tidb", "/C=US/O=Ex\u00E4mple")]
    [InlineData("canonical", "/C=US/O=Ex\u00E4mple/UID=u")]
    public void NameFormat_ChangesNames_AndNotTheClause(string format, string subject)
    {
        byte[] certificate = Issue(TestName.Of(("C", "US"), ("O", "Ex\u00E4mple"), ("UID", "u")));

        string[] lines = Show(certificate, "--name-format", format).Output.Split('\n');

        lines[0].Should().Be($"subject     {subject}");
        lines.Should().Contain("REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SUBJECT '/C=US/O=Ex\u00E4mple/UID=u'");
    }

    public static TheoryData<string, string> SurprisingCertificates { get; } = new()
    {
        { "malformed_subject", "subject with bad UTF-8" },
        { "empty_subject", "no subject, a DNS name" },
        { "ambiguous_subject", "backslash" },
        { "ambiguous_subject", "UID" },
        { "ambiguous_subject", "BMPString" },
        { "malformed_san", "malformed SAN" },
        { "repeated_san", "repeated SAN" },
        { "san_omitted", "registered ID" },
        { "san_email", "e-mail address" },
        { "san_wildcard", "URI with a star" },
        { "not_yet_valid", "not valid before tomorrow" },
        { "expired", "expired yesterday" },
        { "expires_soon", "expires next week" },
        { "weak_key", "RSA 1024" },
        { "old_version", "version 1" },
        { "ca_certificate", "CA" },
        { "not_for_clients", "for servers" },
    };

    [Theory, MemberData(nameof(SurprisingCertificates))]
    public void Show_Warns_WhenTheCertificateIsSurprising(string warning, string certificate)
    {
        JsonObject shown = Show(CreateCertificate(certificate), "--format", "json").ReadJson();

        shown["warnings"].Texts("kind").Should().Contain(warning);
        foreach (string text in shown["warnings"].Texts("text"))
            Show(CreateCertificate(certificate)).Output.Split('\n').Should().Contain($"warning: {text}");
    }

    [Fact]
    public void Show_DoesNotWarn_ForAnOrdinaryCertificate() =>
        Show(Samples.AliceCertificate.Der.ToArray(), "--format", "json").ReadJson()["warnings"]!.AsArray().Should().BeEmpty();

    [Theory]
    [InlineData(
        "subject with bad UTF-8",
        "No clause: The subject is malformed, and the certificate has no alternative name that SAN can require. ")]
    [InlineData("no name at all", "No clause: The subject is empty, and the certificate has no alternative name that SAN can require.")]
    [InlineData("malformed SAN", "No clause: The subject alternative names are malformed")]
    [InlineData("repeated SAN", "No clause: The subject alternative name extension is repeated")]
    public void Show_PrintsNoClause_WhenNoNameCanBeRequired(string certificate, string expected)
    {
        ToolResult result = Show(CreateCertificate(certificate));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain(expected);
        result.Output.Should().NotContain("REQUIRE").And.Contain("\nCERTIFICATE 'sha256:");
        Show(CreateCertificate(certificate), "--format", "json").ReadJson()["clause"].Should().BeNull();
    }

    [Fact]
    public void Show_PrintsAClause_WhenOnlyTheSubjectIsEmpty() => Show(CreateCertificate("no subject, a DNS name")).Output.Split('\n')
        .Should().Contain("REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' SAN 'DNS:db.example'");

    // Bidirectional characters in a name (CVE-2021-42574): the terminal shows them escaped, and the copied clause has the same meaning.
    [Fact]
    public void Show_EscapesTheClause_WithoutChangingItsMeaning()
    {
        byte[] certificate = Issue(TestName.Of(("CN", "ab\u202Edc\u2066\n\u001B[31m'x")));

        ToolResult result = Show(certificate);

        Assert.DoesNotContain(result.Output, c => c is '\u202E' or '\u2066' or '\u001B');
        string clause = result.Output.Split('\n').Single(line => line.StartsWith("REQUIRE", StringComparison.Ordinal));
        LoginRequirement raw = LoginRequirement.Parse(Show(certificate, "--format", "json").ReadJson()["clause"].Text()!);
        LoginRequirement.Parse(clause).Should().Be(raw);
        raw.Alternatives[0].Find<SubjectOption>()!.Name
            .Should().Be(DistinguishedName.Parse(@"/CN=ab\xE2\x80\xAEdc\xE2\x81\xA6\x0A\x1B[31m'x"));
    }

    public static TheoryData<string, string> FilesWithoutCertificate { get; } = new()
    {
        { "", "contains no certificate" },
        { "hello\n", "contains no certificate" },
        { Samples.AliceCertificate.PrivateKeyPem, "contains a private key and no certificate" },
        {
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "contains an encrypted private key and no certificate"
        },
        {
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
            "contains an encrypted private key and no certificate"
        },
        { Samples.AliceCertificate.Pem[..^40], "with malformed PEM" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "that cannot be read" },
        { "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "contains no certificate" },
        { "0\u0001x", "that cannot be read" },
    };

    [Theory, MemberData(nameof(FilesWithoutCertificate))]
    public void Show_FailsWithOneLineError_WhenTheFileContainsNoCertificate(string content, string expected)
    {
        ToolResult result = Show(content.ToUtf8());

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth show: standard input ");
        result.Error.Should().Contain(expected);
        result.Error.IndexOf('\n', StringComparison.Ordinal).Should().Be(result.Error.Length - 1);
    }

    // Each byte is changed in turn: the tool shows the certificate or reports an error.
    [Fact]
    public void Show_NeverThrows_WhenTheCertificateIsDamaged()
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
    [InlineData("/nowhere/client.pem", "/nowhere/client.pem cannot be read: the file does not exist.")]
    [InlineData("/nowhere/\u001B[31m\n", @"/nowhere/\u{1B}[31m\u{A} cannot be read: the file does not exist.")]
    [InlineData("", "'' cannot be read: the file does not exist.")]
    [InlineData("/", "/ cannot be read: it is a folder, or the permission to read it is missing.")]
    public void Show_FailsWithOneLineError_WhenTheFileCannotBeRead(string path, string problem) =>
        ToolRun.Run(["show", path]).Should().Be(new ToolResult(2, "", $"certauth show: {problem}\n"));

    [Fact]
    public void At_FailsWithOneLineError_WhenTheTimeIsMalformed()
    {
        ToolResult result = ToolRun.Run(["show", "x.pem", "--at", "tomorrow"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("--at: Expected a date or a time in UTC, such as 2026-11-21T12:00:00Z, not tomorrow.");
    }

    private static ToolResult Show(byte[] certificate, params string[] options) =>
        ToolRun.Run(["show", "-", "--at", Samples.At, .. options], certificate);

    private static byte[] Issue(TestName subject, params TestSan[] sans) => Samples.Ca.IssueClient(subject, sans).Der.ToArray();

    private static byte[] CreateCertificate(string kind)
    {
        TestCertificateRequest alice = new() { Subject = Samples.Alice };
        TestExtension san = new("2.5.29.17", critical: false, TestSan.Encode(TestSan.Dns("a.example")));
        TestCertificateRequest request = kind switch
        {
            "subject with bad UTF-8" => alice with
            {
                Subject = TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x0C, [0xFF]))),
            },
            "no name at all" => alice with { Subject = TestName.Of() },
            "no subject, a DNS name" => alice with { Subject = TestName.Of(), Sans = [TestSan.Dns("db.example")] },
            "backslash" => alice with { Subject = TestName.Of(("O", @"x\"), ("CN", "admin")) },
            "UID" => alice with { Subject = TestName.Of(("UID", "evil"), ("O", "Example"), ("CN", "admin")) },
            "BMPString" => alice with
            {
                Subject = TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", "\u626F\u6273", TestStringType.Bmp))),
            },
            "malformed SAN" => alice with { Sans = [TestSan.Raw(0x87, [1, 2, 3])] },
            "repeated SAN" => alice with { Extensions = [san, san] },
            "e-mail address" => alice with { Sans = [TestSan.Email("alice@example"), TestSan.Dns("alice.example")] },
            "no subject, an e-mail address" => alice with { Subject = TestName.Of(), Sans = [TestSan.Email("alice@example.com")] },
            "registered ID" => alice with { Sans = [TestSan.Raw(0x88, [0x2A, 0x03]), TestSan.Dns("alice.example")] },
            "URI with a star" => alice with { Sans = [TestSan.Uri("spiffe://example/*/alice")] },
            "not valid before tomorrow" => alice with { NotBefore = Samples.Now.AddDays(1) },
            "expired yesterday" => alice with { NotBefore = Samples.Now.AddDays(-2), NotAfter = Samples.Now.AddDays(-1) },
            "expires next week" => alice with { NotAfter = Samples.Now.AddDays(7) },
            "RSA 1024" => alice with { KeyType = TestKeyType.Rsa1024 },
            "version 1" => alice with { Version = TestCertificateVersion.V1 },
            "CA" => alice with { IsCa = true },
            "for servers" => alice with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind is undefined."),
        };
        return Samples.Ca.Issue(request).Der.ToArray();
    }
}

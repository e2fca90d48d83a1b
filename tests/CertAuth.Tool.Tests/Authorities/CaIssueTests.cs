using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Authorities;

public sealed class CaIssueTests : IDisposable
{
    private const string NameForms = "use DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1, separated by commas.";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IssueClient_UsesTheSubjectAndNames()
    {
        _folder.CreateCa();
        const string Subject = @"/C=US/O=Example\/Inc/CN=élise+UID=17/DC=example/emailAddress=e@db.example/1.2.3.4=x";

        ToolResult result = _folder.Issue(
            "client", "--subject", Subject, "--san", @"DNS:a.example,URI:spiffe://example/a\,b", "--san", "IP:10.0.0.1");

        ParsedCertificate certificate = ToolFiles.ReadCertificate(_folder["client-cert.pem"]);
        certificate.TryGetSubject(out DistinguishedName? subject, out _).Should().BeTrue();
        subject.Should().Be(DistinguishedName.Parse(Subject));
        certificate.GetSubjectAlternativeNames().Select(name => name.ToString()).Should().Equal(
            "DNS:a.example", @"URI:spiffe://example/a\,b", "IP:10.0.0.1");
        result.Output.Should().Contain("names       DNS:a.example\n            URI:spiffe://example/a\\,b\n            IP:10.0.0.1\n");
        result.Output.Should().Contain("issuer      /C=US/O=Example/CN=ca\n");
    }

    [Fact]
    public void IssueClient_UsesTheStringTypesOfOpenSsl()
    {
        _folder.CreateCa();
        using OpenSsl openSsl = new();
        _folder.Issue("client", "--subject", "/C=US/serialNumber=17/O=Example/DC=example/emailAddress=a@db.example/CN=alice");

        (int exitCode, string output) = openSsl.Run(
            "x509", "-in", _folder["client-cert.pem"], "-noout", "-subject", "-nameopt", "multiline,show_type");

        exitCode.Should().Be(0);
        IEnumerable<string> types = output.Split('\n').Skip(1)
            .Where(line => line.Length > 0).Select(line => line.Split('=')[1].Trim().Split(':')[0]);
        types.Should().Equal("PRINTABLESTRING", "PRINTABLESTRING", "UTF8STRING", "IA5STRING", "IA5STRING", "UTF8STRING");
    }

    [Fact]
    public void IssueClient_WritesTheChain_WhenTheIssuerIsAnIntermediate()
    {
        _folder.CreateCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users", "--path-length", "0");
        _folder.IssueAlice("--ca", "users");

        ToolFiles.CountCertificates(_folder["users-cert.pem"]).Should().Be(1);
        ToolFiles.CountCertificates(_folder["alice-cert.pem"]).Should().Be(2);
        string[] arguments = ["ca", "issue", "intermediate", "--subject", "/CN=x", "--name", "x", "--ca", "users"];
        CaCommands.RunWithError([.. arguments, "--folder", _folder.Path])
            .Should().Be("certauth ca issue intermediate: The path length constraint of the CA allows no intermediate CA.");
    }

    [Fact]
    public void IssueClient_UsesANewSerialNumber()
    {
        _folder.CreateCa();
        _folder.IssueAlice();
        string first = Convert.ToHexString(ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).SerialNumber.Span);
        _folder.IssueAlice("--force");

        Convert.ToHexString(ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).SerialNumber.Span).Should().NotBe(first);
    }

    [Fact]
    public void IssueClient_WritesAKeyReadableOnlyByItsOwner()
    {
        _folder.CreateCa();
        _folder.IssueAlice();

        ToolFiles.GetMode(_folder["alice-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void IssueClient_RestrictsTheMode_WhenAReadableKeyIsReplaced()
    {
        _folder.CreateCa();
        string key = _folder.Write("alice-key.pem", "");
        ToolFiles.MakeReadableByAll(key);
        _folder.IssueAlice("--force");

        ToolFiles.GetMode(key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void IssueClient_DoesNotOutliveTheCa()
    {
        _folder.CreateCa("--days", "30");
        _folder.IssueAlice();
        ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).NotAfter.Should().Be(
            ToolFiles.ReadCertificate(_folder["ca-cert.pem"]).NotAfter);

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=bob", "--days", "31", "--folder", _folder.Path)
            .Should().StartWith(
            "certauth ca issue client: --days: The CA expires earlier, at ");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheCaHasExpired()
    {
        _folder.CreateCa("--days", "1");
        ToolResult result = ToolRun.Run(
            ["ca", "issue", "client", "--subject", "/CN=alice", "--folder", _folder.Path],
            clock: new FixedClock(TimeProvider.System.GetUtcNow().AddDays(2)));

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("ca-cert.pem expired at ").And.EndWith("; create the next CA with certauth ca rotate.\n");
    }

    [Theory]
    [InlineData("client", "", "", "The certificate has no name; specify --subject, --san or both.")]
    [InlineData("server", "/CN=db", "", "--san: A server certificate requires a DNS name or an IP address, such as --san DNS:db.example.")]
    [InlineData("client", "/CN=a", "db.example", "--san: db.example is not a valid name; " + NameForms)]
    [InlineData("client", "/CN=a", "DNS:\u001b[2J", @"--san: DNS:\u{1B}[2J is not a valid name; " + NameForms)]
    [InlineData(
        "client", "/XX=a", "", "--subject: The attribute type at index 1 is unknown. Write a short name such as CN, or a dotted OID.")]
    public void Issue_FailsWithOneLineError_WhenANameIsInvalid(string kind, string subject, string san, string problem)
    {
        _folder.CreateCa();
        string[] sans = san.Length > 0 ? ["--san", san] : [];
        CaCommands.RunWithError(["ca", "issue", kind, "--subject", subject, .. sans, "--folder", _folder.Path])
            .Should().Be($"certauth ca issue {kind}: {problem}");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenThereIsNoCa() =>
        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path).Should().Be(
        $"certauth ca issue client: {_folder["ca-cert.pem"]} cannot be read: the file does not exist.");

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheFolderDoesNotExist() =>
        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder["none"])
        .Should().Be($"certauth ca issue client: The folder {_folder["none"]} does not exist.");

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheIssuerIsNotACa()
    {
        _folder.CreateCa();
        _folder.IssueAlice();

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--ca", "alice", "--folder", _folder.Path).Should().Be(
            $"certauth ca issue client: {_folder["alice-cert.pem"]} is not a CA certificate.");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheCertificateFileContainsAKey()
    {
        _folder.CreateCa();
        File.Copy(_folder["ca-key.pem"], _folder["ca-cert.pem"], overwrite: true);

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path)
            .Should().Contain("contains a private key and no certificate");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheKeyIsEncrypted()
    {
        _folder.CreateCa();
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(_folder.ReadText("ca-key.pem"));
        PbeParameters encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        string path = _folder.Write("ca-key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption));

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path).Should().Be(
            $"certauth ca issue client: {path} is encrypted; remove the passphrase first: openssl pkey -in {path} -out plain.pem");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheKeyDoesNotMatchTheCertificate()
    {
        _folder.CreateCa();
        _folder.Write("ca-key.pem", TestKey.Create().PrivateKeyPem);

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path).Should().EndWith(
            "ca-key.pem: The private key does not belong to the certificate.");
    }

    [Fact]
    public void IssueIntermediate_FailsWithOneLineError_WhenTheSubjectIsThatOfTheIssuer()
    {
        _folder.CreateCa();

        CaCommands.RunWithError("ca", "issue", "intermediate", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should().Be(
            "certauth ca issue intermediate: --subject: The issuing CA has this subject; choose another.");
    }

    [Fact]
    public void IssueClient_FailsWithOneLineError_WhenTheNameIsThatOfTheCa()
    {
        _folder.CreateCa();

        CaCommands.RunWithError("ca", "issue", "client", "--subject", "/CN=a", "--name", "ca", "--force", "--folder", _folder.Path)
            .Should().Be(
            "certauth ca issue client: --name: The files of the issuing CA have this name; choose another.");
    }
}

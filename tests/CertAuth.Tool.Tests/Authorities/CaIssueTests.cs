using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Authorities;

public sealed class CaIssueTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Client_HasTheSubjectAndNamesAskedFor()
    {
        _folder.NewCa();
        const string Subject = @"/C=US/O=Example\/Inc/CN=élise+UID=17/DC=example/emailAddress=e@db.example/1.2.3.4=x";

        ToolResult result = _folder.Issue("client", "--subject", Subject, "--san", @"DNS:a.example,URI:spiffe://example/a\,b", "--san", "IP:10.0.0.1");

        ParsedCertificate certificate = ToolFiles.ReadCertificate(_folder["client-cert.pem"]);
        certificate.TryGetSubject(out DistinguishedName? subject, out _).Should().BeTrue();
        subject.Should().Be(DistinguishedName.Parse(Subject));
        certificate.GetSubjectAlternativeNames().Select(name => name.ToString()).Should().Equal(
            "DNS:a.example", @"URI:spiffe://example/a\,b", "IP:10.0.0.1");
        result.Output.Should().Contain("names       DNS:a.example\n            URI:spiffe://example/a\\,b\n            IP:10.0.0.1\n");
        result.Output.Should().Contain("issuer      /C=US/O=Example/CN=ca\n");
    }

    [Fact]
    public void StringTypesAreThoseOfOpenSsl()
    {
        _folder.NewCa();
        using OpenSsl openSsl = new();
        _folder.Issue("client", "--subject", "/C=US/serialNumber=17/O=Example/DC=example/emailAddress=a@db.example/CN=alice");

        (int exitCode, string output) = openSsl.Run("x509", "-in", _folder["client-cert.pem"], "-noout", "-subject", "-nameopt", "multiline,show_type");

        exitCode.Should().Be(0);
        string[] types = [.. output.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split('=')[1].Trim().Split(':')[0])];
        types.Should().Equal("PRINTABLESTRING", "PRINTABLESTRING", "UTF8STRING", "IA5STRING", "IA5STRING", "UTF8STRING");
    }

    [Fact]
    public void Intermediate_IssuesWithItsChain()
    {
        _folder.NewCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users", "--path-length", "0");
        _folder.IssueAlice("--ca", "users");

        ToolFiles.CountCertificates(_folder["users-cert.pem"]).Should().Be(1);
        ToolFiles.CountCertificates(_folder["alice-cert.pem"]).Should().Be(2);
        CaCommands.Mistake("ca", "issue", "intermediate", "--subject", "/CN=x", "--name", "x", "--ca", "users", "--folder", _folder.Path)
            .Should().Be("certauth ca issue intermediate: The CA's path length allows no CA below it.");
    }

    [Fact]
    public void SerialNumbersOfTwoRunsDiffer()
    {
        _folder.NewCa();
        _folder.IssueAlice();
        string first = Convert.ToHexString(ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).SerialNumber.Span);
        _folder.IssueAlice("--force");

        Convert.ToHexString(ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).SerialNumber.Span).Should().NotBe(first);
    }

    [Fact]
    public void KeyIsReadByItsOwnerAlone()
    {
        _folder.NewCa();
        _folder.IssueAlice();

        ToolFiles.ModeOf(_folder["alice-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void ForceReplacesAKeyThatAnybodyCouldRead()
    {
        _folder.NewCa();
        string key = _folder.Write("alice-key.pem", "");
        ToolFiles.LetEverybodyRead(key);
        _folder.IssueAlice("--force");

        ToolFiles.ModeOf(key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void LeafEndsWithItsCa()
    {
        _folder.NewCa("--days", "30");
        _folder.IssueAlice();
        ToolFiles.ReadCertificate(_folder["alice-cert.pem"]).NotAfter.Should().Be(
            ToolFiles.ReadCertificate(_folder["ca-cert.pem"]).NotAfter);

        CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=bob", "--days", "31", "--folder", _folder.Path).Should().StartWith(
            "certauth ca issue client: --days: the CA expires before that, on ");
    }

    [Fact]
    public void ExpiredCa_FailsWithOneLineError()
    {
        _folder.NewCa("--days", "1");
        ToolResult result = ToolRun.Run(
            ["ca", "issue", "client", "--subject", "/CN=alice", "--folder", _folder.Path], clock: new FixedClock(TimeProvider.System.GetUtcNow().AddDays(2)));

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("has expired, on");
    }

    [Theory]
    [InlineData("client", "", "", "Whom does the certificate name? Give --subject, --san or both.")]
    [InlineData("server", "/CN=db", "", "--san: a server needs a DNS name or an address that its clients look for, such as --san DNS:db.example.")]
    [InlineData("client", "/CN=a", "db.example", "--san: db.example is no name; write DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1, several joined by commas.")]
    [InlineData("client", "/CN=a", "DNS:\u001b[2J", @"--san: DNS:\u{1B}[2J is no name; write DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1, several joined by commas.")]
    [InlineData("client", "/XX=a", "", "--subject: Unknown attribute type at index 1; write a short name such as CN, or a dotted OID.")]
    public void BadNames_FailWithOneLineError(string kind, string subject, string san, string problem)
    {
        _folder.NewCa();
        string[] sans = san.Length > 0 ? ["--san", san] : [];
        CaCommands.Mistake(["ca", "issue", kind, "--subject", subject, .. sans, "--folder", _folder.Path])
            .Should().Be($"certauth ca issue {kind}: {problem}");
    }

    [Fact]
    public void NoCa_FailsWithOneLineError() => CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path).Should().Be(
        $"certauth ca issue client: {_folder["ca-cert.pem"]} can't be read: there is no such file.");

    [Fact]
    public void NoFolder_FailsWithOneLineError() => CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder["none"])
        .Should().Be($"certauth ca issue client: There is no folder {_folder["none"]}.");

    [Fact]
    public void ClientCertificateInPlaceOfACa_FailsWithOneLineError()
    {
        _folder.NewCa();
        _folder.IssueAlice();

        CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--ca", "alice", "--folder", _folder.Path).Should().Be(
            $"certauth ca issue client: {_folder["alice-cert.pem"]} isn't the certificate of a CA.");
    }

    [Fact]
    public void KeyInPlaceOfTheCertificate_FailsWithOneLineError()
    {
        _folder.NewCa();
        File.Copy(_folder["ca-key.pem"], _folder["ca-cert.pem"], overwrite: true);

        CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path)
            .Should().Contain("has a private key and no certificate");
    }

    [Fact]
    public void EncryptedKey_FailsWithOneLineError()
    {
        _folder.NewCa();
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(_folder.Read("ca-key.pem"));
        _folder.Write("ca-key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        Assert.Equal(
            $"certauth ca issue client: {_folder["ca-key.pem"]} is encrypted; write the key without a passphrase: openssl pkey -in {_folder["ca-key.pem"]} -out plain.pem",
            CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path));
    }

    [Fact]
    public void KeyOfAnother_FailsWithOneLineError()
    {
        _folder.NewCa();
        _folder.Write("ca-key.pem", TestKey.Create().PrivateKeyPem);

        CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path).Should().EndWith(
            "ca-key.pem: The private key does not belong to the certificate.");
    }

    [Fact]
    public void IntermediateWithTheSubjectOfItsIssuer_FailsWithOneLineError()
    {
        _folder.NewCa();

        CaCommands.Mistake("ca", "issue", "intermediate", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should().Be(
            "certauth ca issue intermediate: --subject: that is the name of the CA itself; choose another.");
    }

    [Fact]
    public void NameOfTheCaItself_FailsWithOneLineError()
    {
        _folder.NewCa();

        CaCommands.Mistake("ca", "issue", "client", "--subject", "/CN=a", "--name", "ca", "--force", "--folder", _folder.Path).Should().Be(
            "certauth ca issue client: --name: the CA's own files have that name; choose another.");
    }
}

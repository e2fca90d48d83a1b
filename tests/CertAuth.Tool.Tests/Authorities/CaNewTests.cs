using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Authorities;

public sealed class CaNewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_PrintsTheCertificateAndItsFiles()
    {
        ToolResult result = ToolRun.Run(
            ["ca", "new", "--subject", "/C=US/O=Example/CN=ca", "--folder", _folder.Path], clock: new FixedClock(Samples.Now));

        string[] lines = result.Output.Split('\n');
        lines[0].Should().Be("subject     /C=US/O=Example/CN=ca");
        lines[1].Should().Be("issuer      /C=US/O=Example/CN=ca");
        lines[2].Should().Be("valid from  2026-11-21 11:00:00Z");
        lines[3].Should().Be("until       2036-11-18 12:00:00Z");
        lines[4].Should().Be("key         EC P-256");
        lines[7].Should().Be($"written     {_folder["ca-cert.pem"]}");
        lines[8].Should().Be($"            {_folder["ca-key.pem"]}");
        lines[9].Should().Be($"            {_folder["ca-bundle.pem"]}");
        result.ExitCode.Should().Be(0);
        _folder.GetFileNames().Should().Equal(".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem");
    }

    [Fact]
    public void New_PrintsJson()
    {
        // With a fixed clock, because creating the key takes time.
        string[] args = ["ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path, "--key", "rsa2048", "--days", "10"];
        JsonObject json = ToolRun.Run([.. args, "--format", "json"], clock: new FixedClock(Samples.Now)).ReadJson();

        json["subject"].Text().Should().Be(CaCommands.Subject);
        json["key"].Text().Should().Be("RSA 2048");
        string[] files = [_folder["ca-cert.pem"], _folder["ca-key.pem"], _folder["ca-bundle.pem"]];
        json["files"]!.AsArray().Select(file => file.Text()).Should().Equal(files);
        ParsedCertificate certificate = ReadCertificate("ca-cert.pem");
        json["sha256"].Text().Should().Be(Convert.ToHexStringLower(certificate.Sha256.Span));
        (certificate.NotAfter - certificate.NotBefore).Should().Be(TimeSpan.FromDays(10) + TimeSpan.FromHours(1));
        certificate.IsCertificateAuthority.Should().BeTrue();
    }

    [Fact]
    public void New_WritesFilesReadableOnlyByTheirOwner()
    {
        _folder.CreateCa();

        ToolFiles.GetMode(_folder["ca-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ToolFiles.GetMode(_folder["ca-cert.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ToolFiles.GetMode(_folder["ca-bundle.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void New_DoesNotReplaceFiles_WithoutForce()
    {
        _folder.CreateCa();
        string before = _folder.ReadText("ca-key.pem");

        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should().Be(
            $"certauth ca new: {_folder["ca-cert.pem"]} already exists; use --force to replace it.");
        _folder.ReadText("ca-key.pem").Should().Be(before);

        _folder.CreateCa("--force");
        _folder.ReadText("ca-key.pem").Should().NotBe(before);
        _folder.GetFileNames().Should().Equal(".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem");
    }

    [Fact]
    public void New_DoesNotReplaceAKey_WhenThereIsNoCertificate()
    {
        _folder.Write("ca-key.pem", "precious");

        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path)
            .Should().Contain("ca-key.pem already exists");
        _folder.ReadText("ca-key.pem").Should().Be("precious");
        File.Exists(_folder["ca-cert.pem"]).Should().BeFalse();
    }

    [Fact]
    public void New_UsesANewSerialNumberAndKey()
    {
        _folder.CreateCa();
        _folder.CreateCa("--name", "other");

        ParsedCertificate first = ReadCertificate("ca-cert.pem");
        ParsedCertificate second = ReadCertificate("other-cert.pem");
        Convert.ToHexString(second.SerialNumber.Span).Should().NotBe(Convert.ToHexString(first.SerialNumber.Span));
        first.SerialNumber.Length.Should().Be(9);
        _folder.ReadText("other-key.pem").Should().NotBe(_folder.ReadText("ca-key.pem"));
    }

    [Theory]
    [InlineData("CN=ca", "--subject: A name begins with '/', as in /C=US/CN=alice. There is no '/' at index 0.")]
    [InlineData("", "--subject: A CA requires a name (RFC 5280, 4.1.2.6).")]
    [InlineData("/C=USA/CN=ca", "--subject: C requires a two-letter country code such as US, not USA.")]
    [InlineData("/CN=", "--subject: CN requires a text value.")]
    [InlineData("/serialNumber=a_b", "--subject: serialNumber allows only letters, digits, spaces and '()+,-./:=?")]
    [InlineData("/emailAddress=\u00e9", "--subject: emailAddress allows only ASCII.")]
    public void New_FailsWithOneLineError_WhenTheSubjectIsInvalid(string subject, string problem) =>
        CaCommands.RunWithError("ca", "new", "--subject", subject, "--folder", _folder.Path).Should().Be($"certauth ca new: {problem}");

    [Theory]
    [InlineData("--name", "../ca")]
    [InlineData("--name", "")]
    [InlineData("--name", ".hidden")]
    public void New_FailsWithOneLineError_WhenTheNameIsInvalid(string option, string name)
    {
        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path, option, name).Should().StartWith(
            "certauth ca new: --name: Use 1 to 64 letters, digits and the characters -._@");
        _folder.GetFileNames().Should().BeEmpty();
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--days", "ten")]
    [InlineData("--key", "dsa1024")]
    [InlineData("--color", "blue")]
    public void New_PointsToTheHelp_WhenAnOptionIsInvalid(string option, string value)
    {
        ToolResult result = ToolRun.Run(["ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path, option, value]);

        result.ExitCode.Should().Be(2);
        result.Output.Should().Be("");
        result.Error.Should().EndWith("Try: certauth ca new --help\n");
        _folder.GetFileNames().Should().BeEmpty();
    }

    [Fact]
    public void New_FailsWithOneLineError_WhenTheFolderIsAFile() =>
        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Write("file", ""))
            .Should().StartWith("certauth ca new: The folder");

    private ParsedCertificate ReadCertificate(string name) => ToolFiles.ReadCertificate(_folder[name]);
}
